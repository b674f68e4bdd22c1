using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Parley.Diagnostics;

namespace Parley.PocketSphinx.Alignment.Model;

/// <summary>Reads the binary files of a Sphinx acoustic model from their begin to their end, checking each length against what is there.</summary>
internal sealed class SphinxFile(string path)
{
    private readonly byte[] _bytes = Load(path);
    private int _position;

    /// <summary>The next little-endian integer.</summary>
    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    /// <summary>The next bytes.</summary>
    public ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > _bytes.Length - _position) { throw Damaged(); }
        var taken = _bytes.AsSpan(_position, count);
        _position += count;
        return taken;
    }

    /// <summary>The next numbers.</summary>
    public float[] ReadSingles(int count) => MemoryMarshal.Cast<byte, float>(Take(checked(count * sizeof(float)))).ToArray();

    /// <summary>The text up to the next byte <paramref name="end"/>, which is passed over.</summary>
    public string ReadTo(byte end)
    {
        var length = _bytes.AsSpan(_position).IndexOf(end);
        if (length < 0) { throw Damaged(); }
        var text = Encoding.ASCII.GetString(Take(length));
        _position++;
        return text;
    }

    /// <summary>A damaged file, or one of another kind.</summary>
    public VoiceException Damaged() => new(VoiceStage.Coach, $"The acoustic model's file {path} is not what it should be.");

    private static byte[] Load(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new VoiceException(VoiceStage.Coach, $"The acoustic model's file {path} cannot be read.", inner: fault);
        }
    }
}
