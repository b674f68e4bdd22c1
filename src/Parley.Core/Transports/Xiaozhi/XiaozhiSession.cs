using Parley.Audio;
using Parley.Transports.Protocol;

namespace Parley.Transports.Xiaozhi;

/// <summary>What is the same for all devices of a server.</summary>
public sealed record XiaozhiSession
{
    /// <summary>The rate of the assistant's voice, which the firmware plays without resampling.</summary>
    public const int VoiceRate = 24_000;

    /// <summary>The audio in a frame.</summary>
    public static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(60);

    /// <summary>Language, voice, persona and the like; audio and turns are the dialect's.</summary>
    public SessionConfig Config { get; init; } = new();

    /// <summary>Whether a wake word is answered as if the user had said it in the conversation; else the device just listens.</summary>
    public bool AnswersWakeWord { get; init; } = true;

    /// <summary>Whether models may use the tools that a device has, such as its volume.</summary>
    public bool OffersTools { get; init; } = true;

    /// <summary>How long nobody may say anything until the line is closed and the device sleeps.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(2);

    internal SessionStart ToStart(string? deviceId) => new(deviceId, Config with
    {
        Audio = new AudioConfig
        {
            In = new AudioInConfig { SampleRate = AudioMath.SpeechRate },
            Out = new AudioOutConfig { SampleRate = VoiceRate },
        },
    });
}
