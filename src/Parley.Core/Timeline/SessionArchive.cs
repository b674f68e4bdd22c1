using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using Parley.Audio;

namespace Parley.Timeline;

/// <summary>
/// A session as one file that can be sent and kept: a .zip with <c>session.json</c>, <c>timeline.jsonl</c> (an entry a line) and, where the
/// user's audio was recorded, <c>user.wav</c>. <see cref="SessionArchiveReader"/> reads it.
/// </summary>
/// <remarks>
/// A line has <c>number</c>, <c>at_ms</c>, <c>kind</c> and <c>data</c>. Of an audio entry the line has only the number of <c>samples</c>, which
/// follow in <c>user.wav</c> one entry after the other. A resume token is not exported.
/// </remarks>
public static class SessionArchive
{
    /// <summary>The version of the format. A reader refuses what is newer.</summary>
    public const int Format = 1;

    internal const string SessionFile = "session.json", TimelineFile = "timeline.jsonl", AudioFile = "user.wav";

    /// <summary>Writes a stored session.</summary>
    /// <param name="store">Where it is.</param>
    /// <param name="sessionId">Its id.</param>
    /// <param name="output">Takes the archive, forwards only; stays open.</param>
    /// <param name="cancellationToken">Gives up, leaving half an archive.</param>
    /// <returns>What was written; null if there is no such session, and nothing was.</returns>
    /// <exception cref="StoreException">The store cannot be read, or an entry in it is damaged.</exception>
    public static async Task<ArchiveContent?> WriteAsync(ISessionStore store, string sessionId, Stream output, CancellationToken cancellationToken = default)
    {
        if (await store.FindAsync(sessionId, cancellationToken) is not { } session) { return null; }
        using var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        var date = session.StartedAt.UtcDateTime.Year >= 1980 ? session.StartedAt : new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await using (var file = Open(SessionFile))
        {
            await JsonSerializer.SerializeAsync(file, ArchivedSession.From(session), ArchiveJson.Default.ArchivedSession, cancellationToken);
        }
        long entries = 0, last = 0, samples = 0;
        await using (var file = Open(TimelineFile))
        {
            var line = new ArrayBufferWriter<byte>();
            await foreach (var entry in store.ReadAsync(sessionId, cancellationToken: cancellationToken))
            {
                WriteLine(line, entry);
                await file.WriteAsync(line.WrittenMemory, cancellationToken);
                line.ResetWrittenCount();
                (entries, last) = (entries + 1, entry.Number);
                if (entry.Kind == TimelineKinds.Audio) { samples += entry.Data.Length / sizeof(short); }
            }
        }
        if (samples > 0)
        {
            using var wav = new WavWriter(Open(AudioFile), AudioMath.SpeechRate, samples: samples);
            await foreach (var entry in store.ReadAsync(sessionId, [TimelineKinds.Audio], cancellationToken: cancellationToken))
            {
                // What was recorded since the timeline was written has no line there.
                if (entry.Number > last) { break; }
                wav.Write(Pcm16.ToSamples(entry.Data.Span));
            }
        }
        return new ArchiveContent(session, entries, AudioMath.DurationOf(samples, AudioMath.SpeechRate));

        Stream Open(string name)
        {
            var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
            entry.LastWriteTime = date;
            return entry.Open();
        }
    }

    private static void WriteLine(ArrayBufferWriter<byte> line, StoredEntry entry)
    {
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteNumber("number", entry.Number);
            json.WriteNumber("at_ms", (decimal)entry.At.Ticks / TimeSpan.TicksPerMillisecond);
            json.WriteString("kind", entry.Kind);
            if (entry.Kind == TimelineKinds.Audio)
            {
                json.WriteStartObject("data");
                json.WriteNumber("samples", entry.Data.Length / sizeof(short));
                json.WriteEndObject();
            }
            else if (!entry.Data.IsEmpty)
            {
                json.WritePropertyName("data");
                json.WriteRawValue(entry.Data.Span);
            }
            json.WriteEndObject();
        }
        line.Write("\n"u8);
    }
}
