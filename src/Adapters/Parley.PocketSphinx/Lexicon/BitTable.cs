using System.Buffers.Binary;

namespace Parley.PocketSphinx.Lexicon;

/// <summary>Rows of equally many bits, back to back in a file; a row begins with the number of a word.</summary>
/// <param name="data">The file.</param>
/// <param name="start">Where the rows begin, in bytes.</param>
/// <param name="rowBits">The length of a row.</param>
/// <param name="wordBits">The length of the word's number.</param>
internal readonly struct BitTable(byte[] data, int start, int rowBits, int wordBits)
{
    /// <summary>The row of a word among rows that are sorted by it; negative if there is none.</summary>
    public long Find(int word, uint begin, uint end)
    {
        var (low, high) = ((long)begin, (long)end);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            var found = Read(middle, 0, wordBits);
            if (found == word) { return middle; }
            if (found < word) { low = middle + 1; } else { high = middle; }
        }
        return -1;
    }

    /// <summary>A number of at most 32 bits in a row.</summary>
    public uint Read(long row, int bit, int bits)
    {
        var at = row * rowBits + bit;
        var word = BinaryPrimitives.ReadUInt64LittleEndian(data.AsSpan(start + (int)(at >> 3), sizeof(ulong)));
        return (uint)((word >> (int)(at & 7)) & ((1UL << bits) - 1));
    }
}
