using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Transports.Protocol;

namespace Parley.Timeline;

/// <summary><c>session.json</c> of an archive.</summary>
internal sealed record ArchivedSession(
    int Format, string Id, DateTimeOffset StartedAt, long Seed, string Version, SessionConfig Config,
    string? LearnerId = null, DateTimeOffset? EndedAt = null, string? EndReason = null)
{
    public static ArchivedSession From(SessionRecord s) =>
        new(SessionArchive.Format, s.Id, s.StartedAt, s.Seed, s.Version, s.Config, s.LearnerId, s.EndedAt, s.EndReason);

    public SessionRecord ToRecord() => new(Id, StartedAt, Config, Seed, Version) { LearnerId = LearnerId, EndedAt = EndedAt, EndReason = EndReason };
}

/// <summary>A line of <c>timeline.jsonl</c>, its data apart.</summary>
internal sealed record ArchivedEntry(long Number, decimal AtMs, string Kind, JsonElement? Data = null);

/// <summary>The data of an audio entry's line.</summary>
internal sealed record ArchivedAudio(int Samples);

/// <summary>Only the format, which is asked for first: nothing else is known of a newer one.</summary>
internal sealed record ArchivedFormat(int Format);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ArchivedSession))]
[JsonSerializable(typeof(ArchivedEntry))]
[JsonSerializable(typeof(ArchivedAudio))]
[JsonSerializable(typeof(ArchivedFormat))]
internal sealed partial class ArchiveJson : JsonSerializerContext;
