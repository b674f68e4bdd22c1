using System.Text;

namespace Parley.SherpaOnnx.Models;

/// <summary>What can be known of an ONNX file without loading it: that it is whole, and its metadata.</summary>
/// <remarks>
/// Reads the outermost fields of the protobuf (onnx.proto, ModelProto) and leaps over the graph, so that a file of gigabytes takes milliseconds.
/// The library that runs models ends the process when it is given a file that is cut off or that lacks a metadata key.
/// </remarks>
internal static class OnnxFile
{
    private const int IrVersion = 1, Graph = 7, OpsetImport = 8, MetadataProps = 14;
    private const int MaxMetadata = 16 * 1024 * 1024;

    /// <summary>Reads the metadata.</summary>
    /// <returns>The model's own properties; may be empty.</returns>
    /// <exception cref="ModelException">It is no ONNX model, or not all of one.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Read(file, Path.GetFileName(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"{path} cannot be read: {e.Message}", e);
        }
    }

    private static Dictionary<string, string> Read(FileStream file, string name)
    {
        if (file.Length == 0) { throw new ModelException($"{name} is empty."); }
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        bool hasGraph = false, hasVersion = false, hasOpset = false;
        while (file.Position < file.Length)
        {
            var (field, wire) = ReadKey(file, name);
            var start = file.Position;
            switch (wire)
            {
                case 0: ReadVarint(file, name); break;
                case 1: Skip(file, 8, name); break;
                case 5: Skip(file, 4, name); break;
                case 2:
                    var length = ReadLength(file, name);
                    if (field == MetadataProps) { Add(metadata, ReadBytes(file, length, name), name); }
                    else { Skip(file, length, name); }
                    break;
                default: throw NoModel(name);
            }
            hasVersion |= field == IrVersion && wire == 0;
            hasGraph |= field == Graph && wire == 2 && file.Position > start + 1;
            hasOpset |= field == OpsetImport && wire == 2;
        }
        return hasVersion && hasGraph && hasOpset ? metadata : throw NoModel(name);
    }

    private static (int Field, int Wire) ReadKey(FileStream file, string name)
    {
        var key = ReadVarint(file, name);
        var field = key >> 3;
        // ModelProto's fields are 1 to 25: anything beyond is some other kind of file.
        return field is > 0 and < 64 ? ((int)field, (int)(key & 7)) : throw NoModel(name);
    }

    private static ulong ReadVarint(FileStream file, string name)
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = file.ReadByte();
            if (next < 0) { throw CutOff(name, file.Length, null); }
            value |= (ulong)(next & 127) << shift;
            if (next < 128) { return value; }
        }
        throw NoModel(name);
    }

    private static long ReadLength(FileStream file, string name) =>
        ReadVarint(file, name) is var length && length <= long.MaxValue ? (long)length : throw NoModel(name);

    private static void Skip(FileStream file, long length, string name)
    {
        if (length > file.Length - file.Position) { throw CutOff(name, file.Length, file.Position + (decimal)length); }
        file.Seek(length, SeekOrigin.Current);
    }

    private static byte[] ReadBytes(FileStream file, long length, string name)
    {
        if (length > file.Length - file.Position) { throw CutOff(name, file.Length, file.Position + (decimal)length); }
        if (length > MaxMetadata) { throw NoModel(name); }
        var bytes = new byte[length];
        file.ReadExactly(bytes);
        return bytes;
    }

    // StringStringEntryProto: key = 1, value = 2.
    private static void Add(Dictionary<string, string> metadata, ReadOnlySpan<byte> entry, string name)
    {
        var (key, value) = ("", "");
        for (var at = 0; at < entry.Length;)
        {
            var tag = entry[at++];
            ulong length = 0;
            for (var shift = 0; ; shift += 7)
            {
                if (at >= entry.Length || shift > 28) { throw NoModel(name); }
                length |= (ulong)(entry[at] & 127) << shift;
                if (entry[at++] < 128) { break; }
            }
            if (length > (ulong)(entry.Length - at)) { throw NoModel(name); }
            var text = Encoding.UTF8.GetString(entry.Slice(at, (int)length));
            at += (int)length;
            if (tag == ((1 << 3) | 2)) { key = text; }
            else if (tag == ((2 << 3) | 2)) { value = text; }
        }
        if (key.Length > 0) { metadata[key] = value; }
    }

    private static ModelException NoModel(string name) => new($"{name} is no ONNX model.");

    private static ModelException CutOff(string name, long have, decimal? need) => new(
        need is { } bytes ? $"{name} is cut off: it has {have} bytes and needs at least {bytes}." : $"{name} is cut off after {have} bytes.");
}
