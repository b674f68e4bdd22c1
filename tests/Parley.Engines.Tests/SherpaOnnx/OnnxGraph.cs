using System.Runtime.InteropServices;
using System.Text;

namespace Parley.Engines.Tests.SherpaOnnx;

/// <summary>Writes small ONNX models field by field, as onnx.proto numbers them.</summary>
internal sealed class OnnxGraph
{
    public const long Float = 1, Int32 = 6, Int64 = 7, Bool = 9;

    private readonly List<byte> _graph = [.. Text(2, "tiny")];
    private readonly List<byte> _metadata = [];

    public OnnxGraph Node(string type, string[] inputs, string output, params (string Name, long Value)[] attributes)
    {
        List<byte> node = [.. inputs.SelectMany(i => Text(1, i)), .. Text(2, output), .. Text(4, type)];
        foreach (var (name, value) in attributes) { node.AddRange(Field(5, [.. Text(1, name), .. Number(3, value), .. Number(20, 2)])); }
        _graph.AddRange(Field(1, [.. node]));
        return this;
    }

    public OnnxGraph Constant(string name, long[] shape, params float[] values) => Constant(name, shape, Float, MemoryMarshal.AsBytes<float>(values).ToArray());

    public OnnxGraph Constant(string name, long[] shape, params long[] values) => Constant(name, shape, Int64, MemoryMarshal.AsBytes<long>(values).ToArray());

    /// <summary>An input; a dimension of 0 may have any size.</summary>
    public OnnxGraph Input(string name, long type, params long[] shape) => Value(11, name, type, shape);

    public OnnxGraph Output(string name, long type, params long[] shape) => Value(12, name, type, shape);

    public OnnxGraph Meta(params (string Key, string Value)[] entries)
    {
        foreach (var (key, value) in entries) { _metadata.AddRange(Field(14, [.. Text(1, key), .. Text(2, value)])); }
        return this;
    }

    public byte[] ToBytes() => [.. Number(1, 8), .. Field(7, [.. _graph]), .. Field(8, Number(2, 13)), .. _metadata];

    /// <summary>A model that does nothing but have these metadata.</summary>
    public static byte[] WithMetadata(params (string Key, string Value)[] entries) =>
        new OnnxGraph().Input("x", Float, 1).Node("Identity", ["x"], "y").Output("y", Float, 1).Meta(entries).ToBytes();

    private OnnxGraph Constant(string name, long[] shape, long type, byte[] data)
    {
        _graph.AddRange(Field(5, [.. shape.SelectMany(d => Number(1, d)), .. Number(2, type), .. Text(8, name), .. Field(9, data)]));
        return this;
    }

    private OnnxGraph Value(int field, string name, long type, long[] shape)
    {
        byte[] dimensions = [.. shape.SelectMany((d, i) => Field(1, d > 0 ? Number(1, d) : Text(2, $"{name}{i}")))];
        _graph.AddRange(Field(field, [.. Text(1, name), .. Field(2, Field(1, [.. Number(1, type), .. Field(2, dimensions)]))]));
        return this;
    }

    private static byte[] Text(int field, string text) => Field(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Field(int field, byte[] bytes) => [.. Varint((field << 3) | 2), .. Varint(bytes.Length), .. bytes];

    private static byte[] Number(int field, long value) => [.. Varint(field << 3), .. Varint(value)];

    private static byte[] Varint(long signed)
    {
        var bytes = new List<byte>();
        var value = (ulong)signed;
        for (; value >= 128; value >>= 7) { bytes.Add((byte)((value & 127) | 128)); }
        bytes.Add((byte)value);
        return [.. bytes];
    }
}
