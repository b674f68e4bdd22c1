using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Parley.Audio;

namespace Parley.Timeline;

/// <summary>Reads what <see cref="SessionArchive"/> wrote.</summary>
/// <remarks>Not thread-safe. Entries are read as they are asked for, so that a long session need not fit into memory.</remarks>
public sealed class SessionArchiveReader : IDisposable
{
    private const int MaxSessionBytes = 1 << 20, MaxLine = 64 << 20;

    private readonly ZipArchive _zip;

    private SessionArchiveReader(ZipArchive zip, SessionRecord session) => (_zip, Session) = (zip, session);

    /// <summary>The session. It has no resume token.</summary>
    public SessionRecord Session { get; }

    /// <summary>Opens an archive.</summary>
    /// <param name="archive">Can seek; closed with the reader, and when this fails.</param>
    /// <exception cref="StoreException">It is no archive of a session, damaged, or of a newer version; the message says what and where.</exception>
    public static SessionArchiveReader Open(Stream archive)
    {
        ZipArchive? zip = null;
        try
        {
            zip = new ZipArchive(archive, ZipArchiveMode.Read);
            return new SessionArchiveReader(zip, ReadSession(zip));
        }
        catch (InvalidDataException e)
        {
            zip?.Dispose();
            archive.Dispose();
            throw new StoreException("This is no archive of a session, or it is cut short.", e);
        }
        catch
        {
            zip?.Dispose();
            archive.Dispose();
            throw;
        }
    }

    /// <summary>The timeline in its order, from the beginning on each call.</summary>
    /// <exception cref="StoreException">A line is damaged, or audio is missing; the message says which.</exception>
    public IEnumerable<StoredEntry> Read()
    {
        using var lines = new StreamReader(OpenFile(_zip, SessionArchive.TimelineFile));
        using var audio = _zip.GetEntry(SessionArchive.AudioFile) is null ? null : new ArchivedWav(OpenFile(_zip, SessionArchive.AudioFile));
        long number = 0;
        for (var line = 1; ReadLine(lines, line) is { } text; line++)
        {
            var entry = ParseLine(text, line, audio);
            if (entry.Number <= number) { throw Damaged(line, "its number does not rise"); }
            number = entry.Number;
            yield return entry;
        }
    }

    public void Dispose() => _zip.Dispose();

    private static SessionRecord ReadSession(ZipArchive zip)
    {
        var bytes = new byte[MaxSessionBytes + 1];
        using var file = OpenFile(zip, SessionArchive.SessionFile);
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (length > MaxSessionBytes) { throw new StoreException($"{SessionArchive.SessionFile} is too long."); }
        try
        {
            var format = JsonSerializer.Deserialize(bytes.AsSpan(0, length), ArchiveJson.Default.ArchivedFormat)?.Format;
            if (format > SessionArchive.Format)
            {
                throw new StoreException($"{SessionArchive.SessionFile}: the format is {format}, of a newer version of Parley; this one reads up to {SessionArchive.Format}.");
            }
            return format is not null && JsonSerializer.Deserialize(bytes.AsSpan(0, length), ArchiveJson.Default.ArchivedSession) is { } session
                ? session.ToRecord() : throw new StoreException($"{SessionArchive.SessionFile} is empty.");
        }
        catch (JsonException e)
        {
            throw new StoreException($"{SessionArchive.SessionFile} is damaged: line {e.LineNumber + 1}, {e.Path}.", e);
        }
    }

    private static Stream OpenFile(ZipArchive zip, string name)
    {
        try
        {
            return zip.GetEntry(name)?.Open() ?? throw new StoreException($"The archive has no {name}.");
        }
        catch (InvalidDataException e)
        {
            throw new StoreException($"{name} cannot be unpacked.", e);
        }
    }

    private static string? ReadLine(StreamReader lines, int number)
    {
        try
        {
            var line = lines.ReadLine();
            return line?.Length > MaxLine ? throw Damaged(number, "it is too long") : line;
        }
        catch (InvalidDataException e)
        {
            throw Damaged(number, "it cannot be unpacked", e);
        }
    }

    private static StoredEntry ParseLine(string text, int line, ArchivedWav? audio)
    {
        try
        {
            var entry = JsonSerializer.Deserialize(text, ArchiveJson.Default.ArchivedEntry) ?? throw Damaged(line, "it is empty");
            var at = TimeSpan.FromTicks((long)(entry.AtMs * TimeSpan.TicksPerMillisecond));
            return new StoredEntry(entry.Number, at, entry.Kind, (entry.Kind, entry.Data) switch
            {
                (_, null) => default,
                (TimelineKinds.Audio, { } data) => ReadAudio(data, line, audio),
                (_, { } data) => Encoding.UTF8.GetBytes(data.GetRawText()),
            });
        }
        catch (Exception e) when (e is JsonException or OverflowException)
        {
            throw Damaged(line, "it is no entry", e);
        }
    }

    private static byte[] ReadAudio(JsonElement data, int line, ArchivedWav? audio)
    {
        var samples = data.Deserialize(ArchiveJson.Default.ArchivedAudio)?.Samples ?? -1;
        if (samples < 0 || samples > MaxLine) { throw Damaged(line, "it has no number of samples"); }
        try
        {
            return audio?.Read(samples) ?? throw Damaged(line, $"{SessionArchive.AudioFile} ends before it");
        }
        catch (Exception e) when (e is InvalidDataException or AudioFormatException)
        {
            throw Damaged(line, $"{SessionArchive.AudioFile} cannot be read", e);
        }
    }

    private static StoreException Damaged(int line, string why, Exception? cause = null) =>
        new($"{SessionArchive.TimelineFile} is damaged: line {line}, {why}.", cause);
}
