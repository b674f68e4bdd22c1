using System.Buffers.Binary;
using Parley.Audio;
using Parley.Core.Tests.Audio;
using Parley.Flite.Tts;
using Parley.Tts;

namespace Parley.Server.Tests.Cli;

/// <summary>One spoken sentence in the shapes in which WAV files are found.</summary>
internal static class SpokenWav
{
    public const string Sentence = "I would like a cup of coffee, please.";

    /// <summary>The sentence at 16 kHz. A test is skipped where the voice is not installed.</summary>
    public static async Task<short[]> SpeakAsync()
    {
        if (FliteEngine.Probe() is { Available: false } status) { Assert.Skip($"{status.Detail}: {status.Remedy}"); }
        var samples = new List<short>();
        await foreach (var chunk in new FliteSynthesizer().SynthesizeAsync(new SpeechRequest(Sentence, "slt"))) { samples.AddRange(chunk.Samples.Span); }
        return [.. samples];
    }

    public static byte[] Pcm16(short[] mono, int channels = 1, int rate = 16_000)
    {
        var interleaved = mono.SelectMany(s => Enumerable.Repeat(s, channels)).ToArray();
        return WavBytes.File(WavBytes.Format(1, channels, rate, 16), WavBytes.Chunk("data", Audio.Pcm16.ToBytes(interleaved)));
    }

    public static byte[] Pcm8(short[] mono) =>
        WavBytes.File(WavBytes.Format(1, 1, 16_000, 8), WavBytes.Chunk("data", [.. mono.Select(s => (byte)((s >> 8) + 128))]));

    public static byte[] Pcm24(short[] mono) =>
        WavBytes.File(WavBytes.Format(1, 1, 16_000, 24), WavBytes.Chunk("data", [.. mono.SelectMany(s => (byte[])[0, (byte)s, (byte)(s >> 8)])]));

    public static byte[] Float32(short[] mono)
    {
        var bytes = new byte[4 * mono.Length];
        for (var i = 0; i < mono.Length; i++) { BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * i), mono[i] / 32768f); }
        return WavBytes.File(WavBytes.Format(3, 1, 16_000, 32), WavBytes.Chunk("data", bytes));
    }

    /// <summary>All headers are right, but the file ends a little before the audio's announced end.</summary>
    public static byte[] Truncated(short[] mono) => Pcm16([.. mono, .. new short[3_200]])[..^6_401];

    public static byte[] At(short[] mono, int rate) => Pcm16(Resampler.Convert(mono, 16_000, rate), rate: rate);
}
