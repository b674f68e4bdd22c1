using Parley.Audio;
using Parley.Transports.Protocol;

namespace Parley.Transports.EchoKit;

/// <summary>What is the same for all devices of a server.</summary>
public sealed record EchoKitSession
{
    /// <summary>Language, voice, persona and the like; audio and the mode of turns are the dialect's.</summary>
    public SessionConfig Config { get; init; } = new();

    /// <summary>What a device plays when it has connected: a WAV file, 16 kHz mono; empty: nothing.</summary>
    public ReadOnlyMemory<byte> Hello { get; init; }

    /// <summary>Whether audio is sent as bytes and not as arrays of numbers.</summary>
    public bool PacksBytes { get; init; }

    internal SessionStart ToStart(string deviceId, EchoKitRequest request) => new(deviceId, Config with
    {
        Audio = new AudioConfig
        {
            In = new AudioInConfig { SampleRate = AudioMath.SpeechRate },
            Out = new AudioOutConfig { SampleRate = AudioMath.SpeechRate },
        },
        Turn = (Config.Turn ?? new TurnConfig()) with { Mode = ModeOf(request) },
    });

    internal static TurnMode ModeOf(EchoKitRequest request) => request.Streams ? TurnMode.Auto : TurnMode.PushToTalk;
}
