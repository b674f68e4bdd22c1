using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Parley.Tts.Caching;

/// <summary>Spoken clauses as files: a mark, a checksum of the rest, then the chunks. Of the text it holds nothing: words are kept as places in it.</summary>
internal static class SpeechFile
{
    private const int MaxChunks = 100_000, MaxSpans = 100_000, ChecksumBytes = 32;

    private static ReadOnlySpan<byte> Mark => "PARLEYSPEECH1\n"u8;

    public static byte[] Write(CachedSpeech speech)
    {
        using var body = new MemoryStream();
        using (var writer = new BinaryWriter(body, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(speech.Chunks.Count);
            foreach (var chunk in speech.Chunks) { Write(writer, chunk); }
        }
        var content = body.GetBuffer().AsSpan(0, (int)body.Length);
        return [.. Mark, .. SHA256.HashData(content), .. content];
    }

    /// <summary>Reads a file back.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="text">The text that was spoken; the words are taken from it.</param>
    /// <returns>Null: the file is damaged, of another version, or of another text.</returns>
    public static CachedSpeech? Read(byte[] file, string text)
    {
        var start = Mark.Length + ChecksumBytes;
        if (file.Length < start || !file.AsSpan().StartsWith(Mark)
            || !SHA256.HashData(file.AsSpan(start)).AsSpan().SequenceEqual(file.AsSpan(Mark.Length, ChecksumBytes)))
        {
            return null;
        }
        try
        {
            using var reader = new BinaryReader(new MemoryStream(file, start, file.Length - start));
            return new CachedSpeech([.. Repeat(reader, MaxChunks, () => ReadChunk(reader, text))]);
        }
        catch (Exception e) when (e is IOException or ArgumentException or InvalidDataException)
        {
            return null;
        }
    }

    private static void Write(BinaryWriter writer, SpeechChunk chunk)
    {
        writer.Write(chunk.SampleRate);
        writer.Write(chunk.Samples.Length);
        // Little endian, as every machine is that this runs on; a file from another one would fail its first bounds check.
        writer.Write(MemoryMarshal.AsBytes(chunk.Samples.Span));
        writer.Write(chunk.Phones.Count);
        foreach (var p in chunk.Phones)
        {
            writer.Write(p.Phone);
            Write(writer, p.StartSample, p.Samples);
        }
        writer.Write(chunk.Visemes.Count);
        foreach (var v in chunk.Visemes)
        {
            writer.Write((byte)v.Viseme);
            writer.Write(v.Weight);
            Write(writer, v.StartSample, v.Samples);
        }
        writer.Write(chunk.Words.Count);
        foreach (var w in chunk.Words)
        {
            writer.Write(w.TextOffset);
            writer.Write(w.Word.Length);
            Write(writer, w.StartSample, w.Samples);
        }
    }

    private static SpeechChunk ReadChunk(BinaryReader reader, string text)
    {
        var rate = reader.ReadInt32();
        var samples = new short[Bounded(reader.ReadInt32(), (int)reader.BaseStream.Length / 2)];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(samples.AsSpan()));
        PhoneSpan[] phones = [.. Repeat(reader, MaxSpans, () => new PhoneSpan(string.Intern(reader.ReadString()), reader.ReadInt64(), reader.ReadInt64()))];
        VisemeSpan[] visemes = [.. Repeat(reader, MaxSpans, () =>
        {
            var (viseme, weight) = ((Viseme)reader.ReadByte(), reader.ReadSingle());
            return new VisemeSpan(viseme, reader.ReadInt64(), reader.ReadInt64(), weight);
        })];
        WordSpan[] words = [.. Repeat(reader, MaxSpans, () =>
        {
            var (offset, length) = (reader.ReadInt32(), reader.ReadInt32());
            return new WordSpan(text.Substring(offset, length), offset, reader.ReadInt64(), reader.ReadInt64());
        })];
        return new SpeechChunk(samples, rate, phones, visemes, words);
    }

    private static void Write(BinaryWriter writer, long start, long samples)
    {
        writer.Write(start);
        writer.Write(samples);
    }

    private static IEnumerable<T> Repeat<T>(BinaryReader reader, int most, Func<T> read)
    {
        for (var left = Bounded(reader.ReadInt32(), most); left > 0; left--) { yield return read(); }
    }

    private static int Bounded(int count, int most) => count >= 0 && count <= most ? count : throw new InvalidDataException();
}
