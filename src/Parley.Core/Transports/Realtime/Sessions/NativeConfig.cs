using Parley.Transports.Protocol;

namespace Parley.Transports.Realtime.Sessions;

/// <summary>What a session of the Realtime API means to Parley's own.</summary>
internal static class NativeConfig
{
    private const string DefaultLanguage = "en-US";

    /// <summary>No detector tells speech from silence beyond these.</summary>
    private const double LowestThreshold = 0.05, HighestThreshold = 0.95;

    /// <summary>The configuration that goes with every change.</summary>
    public static SessionConfig From(RealtimeSession session, RealtimeCall call)
    {
        var (input, output) = (session.Audio.Input, session.Audio.Output);
        return new SessionConfig
        {
            Language = Language(input.Transcription?.Language),
            Voice = output.Voice is { } voice ? call.FindVoice(voice.Name) : null,
            Persona = session.Instructions,
            Speech = session.Modality == Modality.Audio,
            Speed = output.Speed,
            MaxOutputTokens = session.MaxOutputTokens.Count,
            Tools = NativeTools.From(session.Tools),
            ToolChoice = NativeTools.From(session.ToolChoice),
            Audio = new AudioConfig
            {
                In = new AudioInConfig { SampleRate = input.Format.SampleRate },
                Out = new AudioOutConfig { SampleRate = output.Format.SampleRate },
            },
            Turn = new TurnConfig
            {
                Mode = input.TurnDetection is null ? TurnMode.PushToTalk : TurnMode.Auto,
                Patience = PatienceOf(input.TurnDetection?.Eagerness),
                SilenceMs = input.TurnDetection?.SilenceDurationMs ?? 0,
                Threshold = input.TurnDetection?.Threshold is { } threshold ? Math.Clamp(threshold, LowestThreshold, HighestThreshold) : 0,
                BargeIn = input.TurnDetection?.InterruptResponse != false,
                ListenWhileSpeaking = true,
                Respond = session.Type == SessionKind.Realtime && input.TurnDetection?.CreateResponse == true,
            },
        };
    }

    /// <summary>The same, with what the client does not change.</summary>
    public static SessionConfig ToStart(RealtimeSession session, RealtimeCall call) => From(session, call) with
    {
        Engines = call.ReplyEngine is { } engine ? new EngineNames { Reply = engine } : null,
        Consent = new ConsentConfig { CloudAudio = call.CloudAudio },
    };

    private static Patience PatienceOf(Eagerness? eagerness) => eagerness switch
    {
        Eagerness.Low => Patience.Learner,
        Eagerness.High => Patience.Quick,
        _ => Patience.Normal,
    };

    /// <summary>Clients name a language without a region.</summary>
    private static string Language(string? language) =>
        language is null || DefaultLanguage.StartsWith(language + "-", StringComparison.OrdinalIgnoreCase) ? DefaultLanguage : language;
}
