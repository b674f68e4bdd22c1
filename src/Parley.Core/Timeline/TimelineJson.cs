using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Parley.Asr;
using Parley.Policy.Ranking;
using Parley.Recording;
using Parley.Replies.Tools;
using Parley.Transports;
using Parley.Transports.Protocol;
using Parley.Turns;
using Parley.Turns.Interruptions;

namespace Parley.Timeline;

/// <summary>Writes the data of timeline entries.</summary>
/// <remarks>Thread-safe.</remarks>
public static class TimelineJson
{
    /// <summary>The entry as it is stored.</summary>
    /// <exception cref="ArgumentException">Nobody said how to write data of this type: a slip in the code.</exception>
    public static StoredEntry Encode(TimelineEntry entry)
    {
        using var writer = new TimelineWriter();
        return new(entry.Number, entry.At, entry.Kind, entry.Data is ReadOnlyMemory<byte> pcm ? pcm : writer.Encode(entry).ToArray());
    }

    /// <summary>Reads an entry's data.</summary>
    /// <exception cref="StoreException">It is damaged, or of a version that this one does not know; the message names the entry.</exception>
    internal static T Decode<T>(StoredEntry entry, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(entry.Data.Span, type) ?? throw new JsonException("null");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new StoreException($"Entry {entry.Number} ({entry.Kind}) of the timeline cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Whether the data is what <see cref="Encode"/> gives: nothing, PCM16, or one JSON value.</summary>
    public static bool IsIntact(StoredEntry entry)
    {
        if (entry.Data.IsEmpty) { return true; }
        if (entry.Kind == TimelineKinds.Audio) { return entry.Data.Length % 2 == 0; }
        var reader = new Utf8JsonReader(entry.Data.Span);
        try
        {
            reader.Read();
            reader.Skip();
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)] // A measurement of silence may be no number.
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(TurnDecision))]
[JsonSerializable(typeof(SessionConfig))]
[JsonSerializable(typeof(SessionBegun))]
[JsonSerializable(typeof(UserSpoke))]
[JsonSerializable(typeof(UserRefined))]
[JsonSerializable(typeof(AssistantCorrected))]
[JsonSerializable(typeof(MessageAdded))]
[JsonSerializable(typeof(MessageRemoved))]
[JsonSerializable(typeof(PolicyDecision))]
[JsonSerializable(typeof(RecordedRefinement))]
[JsonSerializable(typeof(ReplyBegun))]
[JsonSerializable(typeof(SegmentBegun))]
[JsonSerializable(typeof(ReplyWritten))]
[JsonSerializable(typeof(AudioLeft))]
[JsonSerializable(typeof(ReplySuspended))]
[JsonSerializable(typeof(AssistantSpoke))]
[JsonSerializable(typeof(RecognitionHints))]
[JsonSerializable(typeof(RecordedWindow))]
[JsonSerializable(typeof(RecordedWindows))]
[JsonSerializable(typeof(RecordedSignals))]
[JsonSerializable(typeof(RecordedCall))]
[JsonSerializable(typeof(RecordedPartial))]
[JsonSerializable(typeof(RecordedFinal))]
[JsonSerializable(typeof(TranscriptTaken))]
[JsonSerializable(typeof(RecordedUpdate))]
[JsonSerializable(typeof(RecordedSpeech))]
[JsonSerializable(typeof(RecordedEnd))]
[JsonSerializable(typeof(RecordedFailure))]
[JsonSerializable(typeof(PositionRead))]
[JsonSerializable(typeof(SoundRead))]
[JsonSerializable(typeof(Parley.Resilience.EngineChange))]
[JsonSerializable(typeof(InvalidInput))]
[JsonSerializable(typeof(ToolExchange))]
[JsonSerializable(typeof(InterruptionJudged))]
internal sealed partial class TimelineJsonContext : JsonSerializerContext;
