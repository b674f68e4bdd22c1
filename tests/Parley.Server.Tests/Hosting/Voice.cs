using Parley.Audio;
using Parley.Testing.Simulated;
using Parley.Testing.Transports;

namespace Parley.Server.Tests.Hosting;

/// <summary>What comes from a microphone: a tone that the simulated engines take for speech, and silence.</summary>
internal static class Voice
{
    public static byte[] Speech(int milliseconds, int sampleRate = 16_000) => Pcm16.ToBytes(SimulatedSynthesizer.Tone(milliseconds * sampleRate / 1000));

    public static byte[] Silence(int milliseconds, int sampleRate = 16_000) => new byte[2 * milliseconds * sampleRate / 1000];

    /// <summary>Says something and is silent long enough that the turn ends; faster than real time, which the server allows for 3 s.</summary>
    public static async Task SpeakAsync(this ConverseClient client, int milliseconds = 600, int sampleRate = 16_000)
    {
        foreach (var frame in Speech(milliseconds, sampleRate).Concat(Silence(600, sampleRate)).Chunk(2 * sampleRate / 50))
        {
            await client.SendAudioAsync(frame);
        }
    }
}
