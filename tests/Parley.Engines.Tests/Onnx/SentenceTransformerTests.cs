using Microsoft.Extensions.AI;
using Parley.Diagnostics;
using Parley.Embeddings;
using Parley.Onnx.Embeddings;
using Parley.Onnx.Vad;

namespace Parley.Engines.Tests.Onnx;

/// <summary>A model of six words, each with a direction of its own; the marks and what is unknown mean nothing.</summary>
public sealed class SentenceTransformerTests : IDisposable
{
    private const double Close = 1e-5;

    private static readonly string[] s_vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "dog", "##s", "cat", "cafe"];

    private static readonly float[][] s_meanings = [[0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0], [3, 0, 0], [3, 0, 0], [0, 2, 0], [0, 0, 1]];

    private readonly string _folder = Directory.CreateTempSubdirectory("parley-transformer-").FullName;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Generate_Text_IsTheMeanOfItsTokensWithLengthOne()
    {
        using var model = Load();
        var vectors = await model.GenerateAsync(["Dogs", "dog cat", ""], cancellationToken: Cancelled);
        Assert.Equal([1f, 0, 0], vectors[0].Vector.ToArray());
        Assert.Equal([3 / Math.Sqrt(13), 2 / Math.Sqrt(13), 0], vectors[1].Vector.ToArray().Select(x => (double)x), (a, b) => Math.Abs(a - b) < Close);
        Assert.Equal([0f, 0, 0], vectors[2].Vector.ToArray());
    }

    [Fact]
    public async Task Generate_Capitals_AreTheModelsOwnWord()
    {
        using var model = Load();
        await AssertEmbedsAsync(model, "CAFE!", [0f, 0, 1]);
    }

    [Fact]
    public async Task Generate_ModelThatTakesTheFirstToken_TakesIt()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "1_Pooling"));
        File.WriteAllText(Path.Combine(_folder, "1_Pooling", "config.json"), """{"pooling_mode_cls_token": true}""");
        using var model = Load([[0, 0], [0, 0], [0, 5], .. Enumerable.Repeat<float[]>([1, 0], 6)]);
        await AssertEmbedsAsync(model, "dog", [0f, 1]);
    }

    [Fact]
    public async Task Generate_LongText_IsReadUpToTheLimit()
    {
        using var model = Load();
        var text = string.Concat(Enumerable.Repeat("dog ", 300)) + "cat";
        await AssertEmbedsAsync(model, text, [1f, 0, 0]);
    }

    [Fact]
    public async Task GenerateTokenVectors_Text_HasOneForEachTokenWithoutTheMarks()
    {
        using var model = Load();
        var vectors = await ((ITokenVectorGenerator)model).GenerateTokenVectorsAsync("cat dogs", Cancelled);
        Assert.Equal([[0f, 1, 0], [1, 0, 0], [1, 0, 0]], vectors.Select(v => v.ToArray()));
        Assert.Empty(await ((ITokenVectorGenerator)model).GenerateTokenVectorsAsync("", Cancelled));
    }

    [Fact]
    public void Metadata_NamesTheWeightsAndTheirDimensions()
    {
        using var one = Load();
        using var other = Load([.. s_meanings.Select(m => m.Append(1).ToArray())]);
        var (first, second) = (one.GetService<EmbeddingGeneratorMetadata>()!, other.GetService<EmbeddingGeneratorMetadata>()!);
        Assert.Equal((3, 4), (first.DefaultModelDimensions, second.DefaultModelDimensions));
        Assert.NotEqual(first.DefaultModelId, second.DefaultModelId);
    }

    [Fact]
    public async Task Generate_Cancelled_ThrowsAndTheModelGoesOn()
    {
        using var model = Load();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => model.GenerateAsync(["dog"], cancellationToken: new CancellationToken(canceled: true)));
        await AssertEmbedsAsync(model, "dog", [1f, 0, 0]);
    }

    [Fact]
    public void Constructor_OtherModel_IsRefused()
    {
        Write(OnnxBytes.SampleModel(10, 0));
        Assert.Contains("input 'audio'", Refused().Message, StringComparison.Ordinal);
        Write("no model"u8.ToArray());
        Assert.Contains(_folder, Refused().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.onnx")]
    [InlineData("vocab.txt")]
    public void Probe_FileIsMissing_NamesIt(string file)
    {
        Write(OnnxBytes.TokenModel(s_meanings));
        File.Delete(Path.Combine(_folder, file));
        var status = SentenceTransformerEngine.Registration("mini", new SentenceTransformerOptions { Folder = _folder }).Probe();
        Assert.False(status.Available);
        Assert.Contains(file, status.Detail, StringComparison.Ordinal);
    }

    private SentenceTransformer Load(float[][]? meanings = null)
    {
        SkipWithoutRuntime();
        Write(OnnxBytes.TokenModel(meanings ?? s_meanings));
        return new SentenceTransformer("mini", new SentenceTransformerOptions { Folder = _folder });
    }

    private static async Task AssertEmbedsAsync(SentenceTransformer model, string text, float[] expected)
    {
        var vector = await model.GenerateVectorAsync(text, cancellationToken: Cancelled);
        Assert.Equal(expected, vector.ToArray());
    }

    private VoiceException Refused()
    {
        SkipWithoutRuntime();
        return Assert.Throws<VoiceException>(() => new SentenceTransformer("mini", new SentenceTransformerOptions { Folder = _folder }));
    }

    private void Write(byte[] model)
    {
        File.WriteAllBytes(Path.Combine(_folder, "model.onnx"), model);
        File.WriteAllLines(Path.Combine(_folder, "vocab.txt"), s_vocabulary);
    }

    private static void SkipWithoutRuntime()
    {
        var status = SileroVoiceActivityDetector.Register().Probe();
        Assert.SkipUnless(status.Version.Length > 0, status.Detail);
    }
}
