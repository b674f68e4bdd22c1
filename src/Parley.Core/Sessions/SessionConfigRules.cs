using Microsoft.Extensions.AI;
using Parley.Audio;
using Parley.Transports.Protocol;

namespace Parley.Sessions;

/// <summary>How a client's configuration becomes the one in force.</summary>
internal static class SessionConfigRules
{
    public static SessionConfig Defaults { get; } = new()
    {
        Language = "en-US",
        Engines = new EngineNames { Asr = "auto", Reply = "auto", Tts = "auto" },
        Audio = new AudioConfig
        {
            In = new AudioInConfig { Codec = AudioCodec.Pcm16, SampleRate = AudioMath.SpeechRate },
            Out = new AudioOutConfig { Codec = AudioCodec.Pcm16, SampleRate = AudioMath.SpeechRate, Transport = AudioTransport.Binary },
        },
        Turn = new TurnConfig
        {
            Mode = TurnMode.Auto, Patience = Patience.Normal, SilenceMs = 0, Threshold = 0, Respond = true, BargeIn = true, ListenWhileSpeaking = false,
            MinInterruptionMs = 500, MinInterruptionWords = 2,
        },
        Speech = true,
        Speed = 1,
        Tools = [],
        ToolChoice = ChatToolMode.Auto,
        Feedback = new FeedbackConfig { Pronunciation = false, Grammar = false, Discourse = false },
        Consent = new ConsentConfig { CloudAudio = false, Record = false },
    };

    /// <summary>Lays <paramref name="change"/> over <paramref name="current"/>; what is absent stays.</summary>
    public static SessionConfig Merge(SessionConfig current, SessionConfig? change) => change is null ? current : current with
    {
        Language = change.Language ?? current.Language,
        Voice = change.Voice ?? current.Voice,
        Persona = change.Persona ?? current.Persona,
        Scenario = change.Scenario ?? current.Scenario,
        Level = change.Level ?? current.Level,
        QuickReply = change.QuickReply ?? current.QuickReply,
        Speech = change.Speech ?? current.Speech,
        Speed = change.Speed ?? current.Speed,
        Tools = change.Tools ?? current.Tools,
        ToolChoice = change.ToolChoice ?? current.ToolChoice,
        MaxOutputTokens = change.MaxOutputTokens ?? current.MaxOutputTokens,
        Engines = current.Engines! with
        {
            Quick = change.Engines?.Quick ?? current.Engines!.Quick,
            Asr = change.Engines?.Asr ?? current.Engines!.Asr,
            Reply = change.Engines?.Reply ?? current.Engines!.Reply,
            Tts = change.Engines?.Tts ?? current.Engines!.Tts,
        },
        Audio = new AudioConfig
        {
            In = current.Audio!.In! with { SampleRate = change.Audio?.In?.SampleRate ?? current.Audio.In!.SampleRate },
            Out = current.Audio.Out! with
            {
                SampleRate = change.Audio?.Out?.SampleRate ?? current.Audio.Out!.SampleRate,
                Transport = change.Audio?.Out?.Transport ?? current.Audio.Out!.Transport,
            },
        },
        Turn = current.Turn! with
        {
            Mode = change.Turn?.Mode ?? current.Turn!.Mode,
            Patience = change.Turn?.Patience ?? current.Turn!.Patience,
            SilenceMs = change.Turn?.SilenceMs ?? current.Turn!.SilenceMs,
            Threshold = change.Turn?.Threshold ?? current.Turn!.Threshold,
            Respond = change.Turn?.Respond ?? current.Turn!.Respond,
            BargeIn = change.Turn?.BargeIn ?? current.Turn!.BargeIn,
            ListenWhileSpeaking = change.Turn?.ListenWhileSpeaking ?? current.Turn!.ListenWhileSpeaking,
            MinInterruptionMs = change.Turn?.MinInterruptionMs ?? current.Turn!.MinInterruptionMs,
            MinInterruptionWords = change.Turn?.MinInterruptionWords ?? current.Turn!.MinInterruptionWords,
        },
        Feedback = current.Feedback! with
        {
            Pronunciation = change.Feedback?.Pronunciation ?? current.Feedback!.Pronunciation,
            Grammar = change.Feedback?.Grammar ?? current.Feedback!.Grammar,
            Discourse = change.Feedback?.Discourse ?? current.Feedback!.Discourse,
            TargetText = change.Feedback?.TargetText ?? current.Feedback!.TargetText,
        },
        Consent = current.Consent! with
        {
            CloudAudio = change.Consent?.CloudAudio ?? current.Consent!.CloudAudio,
            Record = change.Consent?.Record ?? current.Consent!.Record,
        },
    };

    /// <summary>The configuration of one reply that the client asks for.</summary>
    public static SessionConfig Merge(SessionConfig current, Respond asked) => Merge(current, new SessionConfig
    {
        Persona = asked.Persona, Speech = asked.Speech, Voice = asked.Voice, Tools = asked.Tools, ToolChoice = asked.ToolChoice,
        MaxOutputTokens = asked.MaxOutputTokens,
    });

    /// <summary>The first setting in <paramref name="change"/> that this version cannot serve; null if there is none.</summary>
    public static string? FindUnavailable(SessionConfig? change) =>
        change?.Audio?.In?.Codec is AudioCodec.Opus ? "config.audio.in.codec: opus"
        : change?.Audio?.Out?.Codec is AudioCodec.Opus ? "config.audio.out.codec: opus"
        : null;

    /// <summary>The first setting in <paramref name="change"/> that may not change in mid-session; null if there is none.</summary>
    public static string? FindUnchangeable(SessionConfig current, SessionConfig change) =>
        Differs(change.Audio?.Out?.Transport, current.Audio!.Out!.Transport) ? "config.audio.out.transport"
        : DiffersName(change.Engines?.Asr, current.Engines!.Asr) || DiffersName(change.Engines?.Reply, current.Engines.Reply)
            || DiffersName(change.Engines?.Tts, current.Engines.Tts) || DiffersName(change.Engines?.Quick, current.Engines.Quick) ? "config.engines"
        : null;

    private static bool Differs<T>(T? change, T? current) where T : struct => change is { } value && !value.Equals(current);

    private static bool DiffersName(string? change, string? current) => change is not null && change != current;
}
