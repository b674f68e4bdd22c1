namespace Parley.SndFile.Codecs;

/// <summary>
/// Whether a file begins as one of the formats that are meant to be read. libsndfile knows dozens more, some of them without any mark;
/// what nobody sends need not be parsed for strangers.
/// </summary>
internal static class FileSignature
{
    private const int Length = 12;

    public static bool IsKnown(Stream input)
    {
        Span<byte> head = stackalloc byte[Length];
        var start = input.Position;
        var got = input.ReadAtLeast(head, Length, throwOnEndOfStream: false);
        input.Position = start;
        return got == Length && IsKnown(head);
    }

    private static bool IsKnown(ReadOnlySpan<byte> head) =>
        head.StartsWith("RIFF"u8) || head.StartsWith("RF64"u8) || head.StartsWith("fLaC"u8) || head.StartsWith("OggS"u8)
        || head.StartsWith("ID3"u8) || head.StartsWith(".snd"u8) || head.StartsWith("caff"u8)
        || (head.StartsWith("FORM"u8) && head[8..11].SequenceEqual("AIF"u8)) || IsMpegFrame(head);

    // The sync word, then a version, layer and rate that exist; AAC's frames have layer 0.
    private static bool IsMpegFrame(ReadOnlySpan<byte> head) =>
        head[0] == 0xFF && (head[1] & 0xE0) == 0xE0 && (head[1] & 0x18) != 0x08 && (head[1] & 0x06) != 0 && (head[2] & 0xF0) != 0xF0 && (head[2] & 0x0C) != 0x0C;
}
