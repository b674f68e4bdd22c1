using System.Text.Json.Serialization;

namespace Parley.Server.Api.Audio;

internal sealed record TranscriptJson(string Text, DurationUsage Usage);

internal sealed record VerboseTranscriptJson(
    string Task, string Language, double Duration, string Text, IReadOnlyList<SegmentJson> Segments, IReadOnlyList<WordJson>? Words, DurationUsage Usage);

/// <summary>What no engine here knows is zero: clients refuse null where they expect a number.</summary>
internal sealed record SegmentJson(
    int Id, int Seek, double Start, double End, string Text, IReadOnlyList<int> Tokens, double Temperature, double AvgLogprob, double CompressionRatio,
    double NoSpeechProb);

internal sealed record WordJson(string Word, double Start, double End);

/// <param name="Seconds">Whole: clients read an integer.</param>
internal sealed record DurationUsage(int Seconds)
{
    public string Type { get; } = "duration";
}

internal sealed record TextDelta(string Delta)
{
    public string Type { get; } = "transcript.text.delta";
}

internal sealed record TextDone(string Text)
{
    public string Type { get; } = "transcript.text.done";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TranscriptJson))]
[JsonSerializable(typeof(VerboseTranscriptJson))]
[JsonSerializable(typeof(TextDelta))]
[JsonSerializable(typeof(TextDone))]
internal sealed partial class TranscriptionJson : JsonSerializerContext;
