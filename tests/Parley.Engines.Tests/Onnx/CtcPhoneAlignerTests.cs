using Parley.Alignment;
using Parley.Diagnostics;
using Parley.Onnx.Alignment;
using Parley.Onnx.Vad;
using Parley.Testing;
using Parley.Testing.Simulated;

namespace Parley.Engines.Tests.Onnx;

/// <summary>A model that hears of a step the token whose place the loud sample has in it; the first is the blank.</summary>
public sealed class CtcPhoneAlignerTests : IDisposable
{
    private const int Step = 320, Seconds = 2;

    private readonly string _folder = Directory.CreateTempSubdirectory("parley-phones-").FullName;

    public CtcPhoneAlignerTests()
    {
        File.WriteAllBytes(Model, OnnxBytes.StepModel([.. Enumerable.Range(0, Step).Select(sample => Enumerable.Range(0, Phones.Count + 1).Select(token => token == sample ? 1f : 0).ToArray())]));
        File.WriteAllLines(Tokens, Phones.Names.Select(name => name.ToLowerInvariant()).Prepend("<blank>"));
    }

    private string Model => Path.Combine(_folder, "model.onnx");

    private string Tokens => Path.Combine(_folder, "tokens.txt");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AlignAsync_PhonesThatTheModelHears_AreTheLikeliest()
    {
        using var aligner = Load();
        var expected = (await new SimulatedAligner().AlignAsync(["good", "morning"], Speech(_ => 0), TestContext.Current.CancellationToken)).Words.SelectMany(w => w.Phones).ToArray();

        var alignment = await aligner.AlignAsync(["good", "morning"], Speech(frame => 1 + expected.Last(p => p.First <= frame).Phone), TestContext.Current.CancellationToken);

        Assert.Equal(expected, alignment.Words.SelectMany(w => w.Phones));
        Assert.All(expected.Index(), p =>
        {
            Assert.Equal(p.Item.Phone, alignment.Likelihoods(p.Index).ToArray().Index().MaxBy(l => l.Item).Index);
            Assert.True(alignment.Evidence(p.Item).Margin > 1);
        });
    }

    [Fact]
    public async Task AlignAsync_AnotherPhone_IsTheCompetitor()
    {
        using var aligner = Load();

        var alignment = await aligner.AlignAsync(["see"], Speech(_ => 1 + Phones.IndexOf("SH")), TestContext.Current.CancellationToken);

        var evidence = alignment.Evidence(alignment.Words[0].Phones[0]);
        Assert.Equal("SH", Phones.Names[evidence.Competitor]);
        Assert.True(evidence.Margin < -5);
    }

    [Fact]
    public async Task AlignAsync_AnySpeech_PosteriorsAreShares()
    {
        using var aligner = Load();

        var alignment = await aligner.AlignAsync(["good", "morning"], Noise.White(Seconds * 16_000, -20), TestContext.Current.CancellationToken);

        for (var frame = 0; frame < alignment.Frames; frame++) { Assert.Equal(1, alignment.LogPosteriors(frame).ToArray().Sum(v => Math.Exp(v)), 0.001); }
    }

    [Fact]
    public async Task AlignAsync_TokensInIpa_AreTheSamePhones()
    {
        File.Delete(Tokens);
        var ipa = "ɑ æ ʌ ɔ aʊ aɪ b tʃ d ð ɛ ɚ eɪ f ɡ h ɪ iː dʒ k l m n ŋ oʊ ɔɪ p ɹ s ʃ t θ ʊ uː v w j z ʒ".Split(' ');
        File.WriteAllText(Path.Combine(_folder, "vocab.json"), $"{{\"<pad>\": 0, {string.Join(", ", ipa.Select((token, i) => $"\"{token}\": {i + 1}"))}}}");
        using var aligner = Load();

        var alignment = await aligner.AlignAsync(["see"], Speech(_ => 1 + Phones.IndexOf("IY")), TestContext.Current.CancellationToken);

        Assert.True(alignment.Evidence(alignment.Words[0].Phones[^1]).Margin > 5);
    }

    [Fact]
    public void Create_UnusableModel_SaysWhy()
    {
        Assert.Contains("does not exist", Fault(new PhoneModelOptions { Model = Path.Combine(_folder, "none.onnx"), Tokens = Tokens }), StringComparison.Ordinal);
        Assert.Contains("cannot be read", Fault(new PhoneModelOptions { Model = Model, Tokens = Path.Combine(_folder, "none.txt") }), StringComparison.Ordinal);
        File.WriteAllLines(Tokens, ["<blank>", "b", "a"]);
        Assert.Contains("2 only", Fault(new PhoneModelOptions { Model = Model }), StringComparison.Ordinal);
        File.WriteAllLines(Tokens, Phones.Names);
        Assert.Contains("39 tokens", Fault(new PhoneModelOptions { Model = Model }), StringComparison.Ordinal);
    }

    private static string Fault(PhoneModelOptions options) => Assert.Throws<VoiceException>(() => new CtcPhoneAligner(new SimulatedAligner(), options)).Message;

    private CtcPhoneAligner Load()
    {
        var status = SileroVoiceActivityDetector.Register(new SileroOptions()).Probe();
        Assert.SkipUnless(status.Available, status.Detail);
        return new(new SimulatedAligner(), new PhoneModelOptions { Model = Model });
    }

    // A loud sample in each step, in the place of the token that is to be heard in its first frame.
    private static short[] Speech(Func<int, int> tokenAt)
    {
        var samples = new short[Seconds * 16_000];
        for (var step = 0; step < samples.Length / Step; step++) { samples[(step * Step) + tokenAt(2 * step)] = 20_000; }
        return samples;
    }
}
