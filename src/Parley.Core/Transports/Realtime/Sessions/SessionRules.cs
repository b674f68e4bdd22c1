using Parley.Transports.Protocol;
using Parley.Transports.Realtime.Wire;

namespace Parley.Transports.Realtime.Sessions;

/// <summary>What JSON types cannot say of a session: ranges, lengths, and what does not go together.</summary>
internal static class SessionRules
{
    private const int MaxInstructions = 32_000, MaxTokens = 100_000, MaxName = 128, MaxLanguage = 35;

    /// <summary>Null if the session can be served.</summary>
    public static RealtimeError? Check(RealtimeSession session) =>
        Modalities("session.output_modalities", session.OutputModalities)
        ?? Length("session.instructions", session.Instructions, MaxInstructions)
        ?? Tools("session.tools", session.Tools)
        ?? Choice("session.tool_choice", session.ToolChoice, session.Tools)
        ?? Range("session.max_output_tokens", session.MaxOutputTokens.Count, 1, MaxTokens)
        ?? Format("session.audio.input.format.rate", session.Audio.Input.Format)
        ?? Format("session.audio.output.format.rate", session.Audio.Output.Format)
        ?? Length("session.audio.input.transcription.language", session.Audio.Input.Transcription?.Language, MaxLanguage)
        ?? Length("session.audio.output.voice", session.Audio.Output.Voice?.Name, MaxName)
        ?? Range("session.audio.output.speed", session.Audio.Output.Speed, 0.25, 1.5)
        ?? Check("session.audio.input.turn_detection", session.Audio.Input.TurnDetection);

    /// <summary>Null if a response can be made so.</summary>
    public static RealtimeError? Check(ResponseParameters response, RealtimeSession session) =>
        Modalities("response.output_modalities", response.OutputModalities)
        ?? Length("response.instructions", response.Instructions, MaxInstructions)
        ?? Tools("response.tools", response.Tools)
        ?? Choice("response.tool_choice", response.ToolChoice ?? session.ToolChoice, response.Tools ?? session.Tools)
        ?? Range("response.max_output_tokens", response.MaxOutputTokens?.Count, 1, MaxTokens);

    private static RealtimeError? Check(string path, TurnDetection? turn) => turn is null ? null :
        Range($"{path}.threshold", turn.Threshold, 0, 1)
        ?? Range($"{path}.prefix_padding_ms", turn.PrefixPaddingMs, 0, 5_000)
        ?? Range($"{path}.silence_duration_ms", turn.SilenceDurationMs, 160, 10_000)
        ?? Range($"{path}.idle_timeout_ms", turn.IdleTimeoutMs, 5_000, 30_000);

    private static RealtimeError? Modalities(string path, IReadOnlyList<Modality>? modalities) =>
        modalities is null or [_] ? null : RealtimeError.BadValue(path, $"'{path}' must be [\"audio\"] or [\"text\"].");

    /// <summary>The rules are the session's own; what breaks one is named in the first word of its message.</summary>
    private static RealtimeError? Tools(string path, IReadOnlyList<ToolDefinition>? tools) =>
        tools is null || ClientToolRules.Check(path, NativeTools.From(tools)) is not { } fault ? null
        : RealtimeError.BadValue(fault.Message.Split(' ')[0], fault.Message);

    private static RealtimeError? Choice(string path, ToolChoice choice, IReadOnlyList<ToolDefinition> tools) =>
        choice.Name is null || tools.Any(t => t.Name == choice.Name) ? null : RealtimeError.BadValue(path, $"'{path}' names a function that is not among the tools.");

    private static RealtimeError? Format(string path, AudioFormat format) =>
        format.Rate is null || format.Rate == format.SampleRate ? null : RealtimeError.BadValue(path, $"'{path}' must be {format.SampleRate}.");

    private static RealtimeError? Length(string path, string? value, int max) =>
        value?.Length > max ? RealtimeError.BadValue(path, $"'{path}' is longer than {max} characters.") : null;

    private static RealtimeError? Range(string path, double? value, double min, double max) => value is { } v && (v < min || v > max)
        ? RealtimeError.BadValue(path, FormattableString.Invariant($"'{path}' must be {min} to {max}.")) : null;
}
