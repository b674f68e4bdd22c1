using System.Text;
using Parley.Alignment;
using Parley.Learning.Pronunciation.Features;

namespace Parley.Learning.Pronunciation.Models;

/// <summary>Writes the coefficients of a <see cref="PronunciationModel"/> to a stream and reads them again.</summary>
internal static class CoefficientFile
{
    // Changes with the features: coefficients of others must not be read.
    private const string Kind = "parley pronunciation 4";
    private const int MaxLength = 1_000_000;

    private enum Shape : byte { Linear, Trees, Mean, Kernel }

    public static void Write(Stream stream, PronunciationModel model)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Kind);
        Write(writer, model.Norms.Means);
        Write(writer, model.Norms.Scales);
        Write(writer, model.Common);
        Write(writer, model.Phone);
        Write(writer, model.Word);
        Write(writer, model.Said);
        Write(writer, model.Text);
        foreach (var level in model.Utterance) { Write(writer, level); }
        Write(writer, model.Network);
        writer.Write(model.DoubtfulPhone);
        writer.Write(model.MispronouncedWord);
    }

    /// <exception cref="InvalidDataException">They are damaged, or of another version.</exception>
    public static PronunciationModel Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            if (reader.ReadString() != Kind) { throw new InvalidDataException("The coefficients are those of another version."); }
            var norms = new PhoneNorms(ReadSingles(reader), ReadSingles(reader));
            if (norms.Means.Length != Phones.Count * PhoneNorms.Measures) { throw new InvalidDataException("The coefficients are damaged."); }
            var common = ReadWords(reader);
            var (phone, word, said, text) = (Read(reader), Read(reader), Read(reader), Read(reader));
            IRegression[] utterance = [.. Enumerable.Range(0, PronunciationModel.Levels).Select(_ => Read(reader))];
            return new(norms, common, phone, word, said, text, utterance, ReadNetwork(reader)) { DoubtfulPhone = reader.ReadSingle(), MispronouncedWord = reader.ReadSingle() };
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or DecoderFallbackException)
        {
            throw new InvalidDataException("The coefficients are damaged.", e);
        }
    }

    private static void Write(BinaryWriter writer, IRegression model)
    {
        switch (model)
        {
            case LinearModel linear:
                writer.Write((byte)Shape.Linear);
                writer.Write(linear.Bias);
                Write(writer, linear.Scale);
                Write(writer, linear.Weights);
                break;
            case KernelModel kernel:
                writer.Write((byte)Shape.Kernel);
                writer.Write(kernel.Bias);
                Write(writer, kernel.Scale);
                writer.Write(kernel.Examples.Length);
                foreach (var value in kernel.Examples) { writer.Write((sbyte)MathF.Round(value / KernelModel.Grain)); }
                Write(writer, kernel.Weights);
                break;
            case BoostedTrees trees:
                writer.Write((byte)Shape.Trees);
                writer.Write(trees.Depth);
                writer.Write(trees.Bias);
                Write(writer, [.. trees.Features.Select(f => (float)f)]);
                Write(writer, trees.Thresholds);
                Write(writer, trees.Leaves);
                break;
            case Mean mean:
                writer.Write((byte)Shape.Mean);
                writer.Write(mean.Models.Count);
                foreach (var part in mean.Models) { Write(writer, part); }
                break;
            default:
                throw new ArgumentException($"{model.GetType().Name} has no place in the file.", nameof(model));
        }
    }

    private static IRegression Read(BinaryReader reader) => (Shape)reader.ReadByte() switch
    {
        Shape.Linear => new LinearModel(reader.ReadSingle(), ReadScale(reader), ReadSingles(reader)),
        Shape.Trees => new BoostedTrees(reader.ReadInt32(), reader.ReadSingle(), [.. ReadSingles(reader).Select(f => (int)f)], ReadSingles(reader), ReadSingles(reader)),
        Shape.Kernel => new KernelModel(reader.ReadSingle(), ReadScale(reader), ReadExamples(reader), ReadSingles(reader)),
        Shape.Mean => new Mean([.. Enumerable.Range(0, Length(reader)).Select(_ => Read(reader))]),
        _ => throw new InvalidDataException("The coefficients are damaged."),
    };

    private static void Write(BinaryWriter writer, ReadingNetwork network)
    {
        foreach (var scale in new[] { network.Phones, network.Words, network.Whole, network.Scale }) { Write(writer, scale); }
        writer.Write(network.Shape.Width);
        writer.Write(network.Members.Count);
        foreach (var number in network.Members.SelectMany(member => member)) { writer.Write((Half)number); }
    }

    private static void Write(BinaryWriter writer, Standardiser scale)
    {
        Write(writer, scale.Means);
        Write(writer, scale.Scales);
    }

    private static void Write(BinaryWriter writer, CommonWords words)
    {
        writer.Write(words.Speakers.Count);
        foreach (var (word, speakers) in words.Speakers.OrderBy(w => w.Key, StringComparer.Ordinal))
        {
            writer.Write(word);
            writer.Write(speakers);
        }
    }

    private static void Write(BinaryWriter writer, float[] values)
    {
        writer.Write(values.Length);
        foreach (var value in values) { writer.Write(value); }
    }

    private static CommonWords ReadWords(BinaryReader reader)
    {
        var (count, words) = (Length(reader), new Dictionary<string, int>(StringComparer.Ordinal));
        for (var i = 0; i < count; i++) { words[reader.ReadString()] = reader.ReadInt32(); }
        return new(words);
    }

    private static ReadingNetwork ReadNetwork(BinaryReader reader)
    {
        var (phones, words, whole, scale) = (ReadScale(reader), ReadScale(reader), ReadScale(reader), ReadScale(reader));
        var shape = new NetworkShape(phones.Means.Length, words.Means.Length, whole.Means.Length, Length(reader));
        var members = new float[Length(reader)][];
        for (var i = 0; i < members.Length; i++)
        {
            members[i] = new float[shape.Size is > 0 and <= MaxLength and var size ? size : throw new InvalidDataException("The coefficients are damaged.")];
            for (var k = 0; k < members[i].Length; k++) { members[i][k] = (float)reader.ReadHalf(); }
        }
        return new(shape, phones, words, whole, scale, members);
    }

    private static Standardiser ReadScale(BinaryReader reader) => new(ReadSingles(reader), ReadSingles(reader));

    private static float[] ReadExamples(BinaryReader reader)
    {
        var values = new float[Length(reader)];
        for (var i = 0; i < values.Length; i++) { values[i] = reader.ReadSByte() * KernelModel.Grain; }
        return values;
    }

    private static float[] ReadSingles(BinaryReader reader)
    {
        var values = new float[Length(reader)];
        for (var i = 0; i < values.Length; i++) { values[i] = reader.ReadSingle(); }
        return values;
    }

    private static int Length(BinaryReader reader) => reader.ReadInt32() is >= 0 and <= MaxLength and var length ? length : throw new InvalidDataException("The coefficients are damaged.");
}
