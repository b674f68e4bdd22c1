using System.Text;

namespace Parley.Engines.Tests.Onnx;

/// <summary>Writes tiny ONNX models.</summary>
/// <remarks>The fields are those of onnx.proto: ModelProto, GraphProto, NodeProto, TensorProto and ValueInfoProto.</remarks>
internal static class OnnxBytes
{
    private const long Float = 1, Int64 = 7;

    /// <summary>The sigmoid of one sample of an input of [1, samples].</summary>
    /// <param name="samples">The length of the input.</param>
    /// <param name="index">Which sample of it is read.</param>
    /// <param name="activation">The operator that makes the output of it.</param>
    public static byte[] SampleModel(long samples, long index, string activation = "Sigmoid")
    {
        byte[] gather = [.. Text(1, "audio"), .. Text(1, "index"), .. Text(2, "sample"), .. Text(4, "Gather"), .. Field(5, Attribute("axis", 1))];
        byte[] activate = [.. Text(1, "sample"), .. Text(2, "probability"), .. Text(4, activation)];
        byte[] constant = [.. Number(2, Int64), .. Field(9, BitConverter.GetBytes(index)), .. Text(8, "index")];
        byte[] graph =
        [
            .. Field(1, gather), .. Field(1, activate), .. Text(2, "sample"), .. Field(5, constant),
            .. Field(11, Value("audio", 1, samples)), .. Field(12, Value("probability", 1)),
        ];
        return [.. Number(1, 8), .. Field(7, graph), .. Field(8, Number(2, 13))];
    }

    /// <summary>A sentence transformer whose tokens mean what a table says, wherever they stand.</summary>
    /// <param name="table">A vector for each token.</param>
    /// <param name="input">The name of the input that has the tokens.</param>
    public static byte[] TokenModel(float[][] table, string input = "input_ids")
    {
        byte[] gather = [.. Text(1, "table"), .. Text(1, input), .. Text(2, "last_hidden_state"), .. Text(4, "Gather"), .. Field(5, Attribute("axis", 0))];
        byte[] constant =
        [
            .. Number(1, table.Length), .. Number(1, table[0].Length), .. Number(2, Float),
            .. Field(9, [.. table.SelectMany(row => row).SelectMany(BitConverter.GetBytes)]), .. Text(8, "table"),
        ];
        byte[] tokens = Field(2, Field(1, [.. Number(1, Int64), .. Field(2, [.. Field(1, Number(1, 1)), .. Field(1, Text(2, "tokens"))])]));
        byte[] vectors = Field(2, Field(1, [.. Number(1, Float), .. Field(2, [.. Field(1, Number(1, 1)), .. Field(1, Text(2, "tokens")), .. Field(1, Number(1, table[0].Length))])]));
        byte[] graph =
        [
            .. Field(1, gather), .. Text(2, "tokens"), .. Field(5, constant), .. Field(11, [.. Text(1, input), .. tokens]), .. Field(11, [.. Text(1, "attention_mask"), .. tokens]),
            .. Field(12, [.. Text(1, "last_hidden_state"), .. vectors]),
        ];
        return [.. Number(1, 8), .. Field(7, graph), .. Field(8, Number(2, 13))];
    }

    /// <summary>A phone model whose step is as many samples as the table has rows: each sample adds its row, as often as it is large.</summary>
    /// <param name="table">For each sample of a step what it says of each token.</param>
    public static byte[] StepModel(float[][] table)
    {
        byte[] reshape = [.. Text(1, "audio"), .. Text(1, "shape"), .. Text(2, "steps"), .. Text(4, "Reshape")];
        byte[] multiply = [.. Text(1, "steps"), .. Text(1, "table"), .. Text(2, "logits"), .. Text(4, "MatMul")];
        byte[] shape = [.. Number(1, 3), .. Number(2, Int64), .. Field(9, [.. new long[] { 1, -1, table.Length }.SelectMany(BitConverter.GetBytes)]), .. Text(8, "shape")];
        byte[] weights =
        [
            .. Number(1, table.Length), .. Number(1, table[0].Length), .. Number(2, Float),
            .. Field(9, [.. table.SelectMany(row => row).SelectMany(BitConverter.GetBytes)]), .. Text(8, "table"),
        ];
        byte[] audio = Field(2, Field(1, [.. Number(1, Float), .. Field(2, [.. Field(1, Number(1, 1)), .. Field(1, Text(2, "samples"))])]));
        byte[] logits = Field(2, Field(1, [.. Number(1, Float), .. Field(2, [.. Field(1, Number(1, 1)), .. Field(1, Text(2, "steps")), .. Field(1, Number(1, table[0].Length))])]));
        byte[] graph =
        [
            .. Field(1, reshape), .. Field(1, multiply), .. Text(2, "phones"), .. Field(5, shape), .. Field(5, weights), .. Field(11, [.. Text(1, "audio"), .. audio]), .. Field(12, [.. Text(1, "logits"), .. logits]),
        ];
        return [.. Number(1, 8), .. Field(7, graph), .. Field(8, Number(2, 13))];
    }

    private static byte[] Attribute(string name, long value) => [.. Text(1, name), .. Number(3, value), .. Number(20, 2)];

    private static byte[] Value(string name, params ReadOnlySpan<long> dimensions)
    {
        var shape = new List<byte>();
        foreach (var dimension in dimensions) { shape.AddRange(Field(1, Number(1, dimension))); }
        byte[] tensor = [.. Number(1, Float), .. Field(2, [.. shape])];
        return [.. Text(1, name), .. Field(2, Field(1, tensor))];
    }

    private static byte[] Text(int field, string text) => Field(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Field(int field, byte[] bytes) => [.. Varint((field << 3) | 2), .. Varint(bytes.Length), .. bytes];

    private static byte[] Number(int field, long value) => [.. Varint(field << 3), .. Varint(value)];

    private static byte[] Varint(long value)
    {
        var bytes = new List<byte>();
        for (; value >= 128; value >>= 7) { bytes.Add((byte)((value & 127) | 128)); }
        bytes.Add((byte)value);
        return [.. bytes];
    }
}
