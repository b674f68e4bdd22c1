using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Parley.WordNet.Tools;

/// <summary>A text file whose lines are sorted by their bytes; a line's key ends at its first space.</summary>
/// <remarks>Thread-safe: every read names its place. Lines longer than 64 KiB are cut.</remarks>
internal sealed class SortedFile : IDisposable
{
    private const int FirstRead = 512, LongestLine = 64 * 1024;

    private readonly SafeFileHandle _file;
    private readonly long _length;

    /// <exception cref="IOException">It cannot be opened.</exception>
    public SortedFile(string path)
    {
        _file = File.OpenHandle(path, options: FileOptions.RandomAccess);
        _length = RandomAccess.GetLength(_file);
    }

    /// <summary>The line with the key; null if there is none.</summary>
    public string? Find(string key)
    {
        // Only lines that begin in [low, high) can be it; low is the begin of a line.
        var (low, high) = (0L, _length);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            var start = middle == low ? low : NextLine(middle - 1);
            if (start >= high)
            {
                high = middle;
                continue;
            }
            var line = ReadLine(start)!;
            var end = line.IndexOf(' ', StringComparison.Ordinal);
            var order = string.CompareOrdinal(end < 0 ? line : line[..end], key);
            if (order == 0) { return line; }
            if (order > 0) { high = middle; } else { low = NextLine(start); }
        }
        return null;
    }

    /// <summary>The line that begins at a place of the file; null beyond its end.</summary>
    public string? ReadLine(long offset)
    {
        if (offset < 0 || offset >= _length) { return null; }
        for (var size = FirstRead; ; size *= 4)
        {
            var buffer = new byte[size];
            var read = RandomAccess.Read(_file, buffer, offset);
            var end = buffer.AsSpan(0, read).IndexOf((byte)'\n');
            if (end >= 0 || read < size || size >= LongestLine) { return Encoding.Latin1.GetString(buffer, 0, end >= 0 ? end : read); }
        }
    }

    public void Dispose() => _file.Dispose();

    private long NextLine(long offset) => offset + ReadLine(offset)!.Length + 1;
}
