using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.OpenAICompatible.Asr;

/// <summary>An answer of <c>/audio/transcriptions</c>, or one event of its stream, in the dialects that servers speak.</summary>
internal sealed record WireTranscription
{
    public string? Text { get; init; }
    public IReadOnlyList<WireWord>? Words { get; init; }
    public IReadOnlyList<WireSegment>? Segments { get; init; }
    public IReadOnlyList<WireLogprob>? Logprobs { get; init; }
    public JsonElement? Error { get; init; }

    /// <summary>Of an event: <c>transcript.text.delta</c> or <c>transcript.text.done</c>.</summary>
    public string? Type { get; init; }

    public string? Delta { get; init; }

    /// <summary>Of an event of vLLM, which streams transcripts as it streams chat.</summary>
    public IReadOnlyList<WireTranscriptionChoice>? Choices { get; init; }

    public bool HasError => Error is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) };
}

internal sealed record WireWord(string? Word, string? Text, double? Start, double? End, double? Probability);

internal sealed record WireSegment(string? Text, double? AvgLogprob, double? NoSpeechProb, IReadOnlyList<WireWord>? Words);

internal sealed record WireLogprob(double? Logprob);

internal sealed record WireTranscriptionChoice(WireTranscriptionDelta? Delta, string? FinishReason);

internal sealed record WireTranscriptionDelta(string? Content);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(WireTranscription))]
internal sealed partial class TranscriptionJson : JsonSerializerContext;
