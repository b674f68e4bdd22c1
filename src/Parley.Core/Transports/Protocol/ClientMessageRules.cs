using Parley.Audio;
using Parley.Tts;

namespace Parley.Transports.Protocol;

/// <summary>What JSON types cannot say: required fields, ranges and lengths.</summary>
internal static class ClientMessageRules
{
    private const int MaxId = 128, MaxName = 128, MaxText = 8_000, MaxPersona = 32_000, MaxContext = 200_000, MaxItem = 32_000, MaxOutput = 32_000, MaxTokens = 100_000, MaxInput = 200;

    /// <summary>Null if the message keeps the rules.</summary>
    public static InvalidInput? Check(ClientMessage message) => message switch
    {
        SessionStart m => Length("learner_id", m.LearnerId, MaxId) ?? Check(m.Config),
        SessionResume m => Required("session_id", m.SessionId) ?? Required("resume_token", m.ResumeToken) ?? Required("last_seq", m.LastSeq)
            ?? Length("session_id", m.SessionId, MaxId) ?? Length("resume_token", m.ResumeToken, MaxId)
            ?? (m.LastSeq < 0 ? new InvalidInput(ErrorCodes.BadField, "last_seq must not be negative.") : null),
        SessionUpdate m => Required("config", m.Config) ?? Check(m.Config),
        AudioChunk m => Required("audio_base64", m.AudioBase64) ?? Required("sample_rate", m.SampleRate),
        TextInput m => Required("text", m.Text) ?? Length("text", m.Text, MaxText) ?? Length("suggestion_id", m.SuggestionId, MaxId),
        Respond m => Length("request_id", m.RequestId, MaxId) ?? (Check(m) is { } fault ? fault with { RequestId = m.RequestId } : null),
        ToolResult m => Required("call_id", m.CallId) ?? Required("output", m.Output) ?? Length("call_id", m.CallId, MaxId)
            ?? Length("output", m.Output, MaxOutput),
        Playback m => Required("generation_id", m.GenerationId) ?? Required("played_samples", m.PlayedSamples),
        HistoryAdd m => Required("item_id", m.ItemId) ?? Required("role", m.Role) ?? Required("text", m.Text)
            ?? Length("item_id", m.ItemId, MaxId) ?? Length("after", m.After, MaxId) ?? Length("text", m.Text, MaxItem),
        HistoryRemove m => Required("item_id", m.ItemId) ?? Length("item_id", m.ItemId, MaxId),
        ContextUpdate m => Required("context_id", m.ContextId) ?? Required("text", m.Text) ?? Length("context_id", m.ContextId, MaxId)
            ?? Length("title", m.Title, MaxText) ?? Length("text", m.Text, MaxContext),
        UiEvent m => Required("name", m.Name) ?? Length("name", m.Name, MaxName),
        FeedbackAck m => Required("item_id", m.ItemId) ?? Length("item_id", m.ItemId, MaxId) ?? Required("action", m.Action),
        AnalyticsEvent m => Required("name", m.Name) ?? Length("name", m.Name, MaxName) ?? Finite("value", m.Value),
        Ping m => Finite("t", m.T),
        _ => null,
    };

    private static InvalidInput? Check(Respond asked) =>
        Length("persona", asked.Persona, MaxPersona) ?? Length("voice", asked.Voice, MaxName) ?? ClientToolRules.Check("tools", asked.Tools)
        ?? Range("max_output_tokens", asked.MaxOutputTokens, 1, MaxTokens)
        ?? (asked.Input?.Count > MaxInput ? new InvalidInput(ErrorCodes.BadField, $"input holds more than {MaxInput} messages.") : null)
        ?? asked.Input?.Select((m, i) => Required($"input[{i}].role", m?.Role) ?? Required($"input[{i}].text", m?.Text) ?? Length($"input[{i}].text", m?.Text, MaxItem))
            .FirstOrDefault(fault => fault is not null);

    private static InvalidInput? Check(SessionConfig? config) => config is null ? null :
        Length("config.language", config.Language, 35) ?? Length("config.voice", config.Voice, MaxName)
        ?? Length("config.persona", config.Persona, MaxPersona) ?? Length("config.scenario", config.Scenario, MaxName)
        ?? Range("config.speed", config.Speed, SpeechRequests.MinSpeed, SpeechRequests.MaxSpeed) ?? ClientToolRules.Check("config.tools", config.Tools) ?? Range("config.max_output_tokens", config.MaxOutputTokens, 1, MaxTokens)
        ?? Range("config.audio.in.sample_rate", config.Audio?.In?.SampleRate, AudioMath.MinRate, AudioMath.MaxRate)
        ?? Range("config.audio.out.sample_rate", config.Audio?.Out?.SampleRate, AudioMath.MinRate, AudioMath.MaxRate)
        ?? OffOrRange("config.turn.silence_ms", config.Turn?.SilenceMs, 160, 10_000)
        ?? OffOrRange("config.turn.threshold", config.Turn?.Threshold, 0.05, 0.95)
        ?? Range("config.turn.min_interruption_ms", config.Turn?.MinInterruptionMs, 0, 5_000)
        ?? Range("config.turn.min_interruption_words", config.Turn?.MinInterruptionWords, 1, 20)
        ?? Length("config.feedback.target_text", config.Feedback?.TargetText, MaxText);

    private static InvalidInput? Required(string field, object? value) =>
        value is null ? new InvalidInput(ErrorCodes.MissingField, $"{field} is missing.") : null;

    private static InvalidInput? Length(string field, string? value, int max) =>
        value?.Length > max ? new InvalidInput(ErrorCodes.BadField, $"{field} is longer than {max} characters.") : null;

    /// <summary>JSON can say 1e999, which reads as infinity and can never be written again.</summary>
    private static InvalidInput? Finite(string field, double? value) =>
        value is { } v && !double.IsFinite(v) ? new InvalidInput(ErrorCodes.BadField, $"{field} is out of range.") : null;

    private static InvalidInput? Range(string field, double? value, double min, double max) => value is { } v && (v < min || v > max)
        ? new InvalidInput(ErrorCodes.BadField, FormattableString.Invariant($"{field} must be {min} to {max}.")) : null;

    private static InvalidInput? OffOrRange(string field, double? value, double min, double max) => value is { } v and not 0 && (v < min || v > max)
        ? new InvalidInput(ErrorCodes.BadField, FormattableString.Invariant($"{field} must be 0, or {min} to {max}.")) : null;

    private static InvalidInput? Range(string field, int? value, int min, int max) =>
        value is { } v && (v < min || v > max) ? new InvalidInput(ErrorCodes.BadField, $"{field} must be {min} to {max}.") : null;
}
