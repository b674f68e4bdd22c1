using System.Text.Json;
using Parley.Alignment;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.PocketSphinx.Alignment;
using Parley.PocketSphinx.Asr;
using Parley.Testing;
using Parley.Testing.Contracts;

namespace Parley.Engines.Tests.PocketSphinx.Alignment;

public sealed class PocketSphinxAlignerTests(AlignerFixture fixture) : PhoneAlignerContract, IClassFixture<AlignerFixture>
{
    protected override IPhoneAligner Aligner => fixture.Aligner;

    protected override short[] Speech => Read("austen-0880.wav");

    protected override string Text => "he was not an ill disposed young man";

    // The reference is an alignment by PocketSphinx 5, which has a search of its own for it.
    [Theory]
    [InlineData("austen-0880", "he was not an ill disposed young man")]
    [InlineData("austen-0930", "he might even have been made amiable himself")]
    public async Task AlignAsync_NativeSpeech_PhonesBeginWhereTheReferenceHasThem(string file, string text)
    {
        var alignment = await Aligner.AlignAsync(text.Split(' '), Read($"{file}.wav"), TestContext.Current.CancellationToken);

        var found = alignment.Words.SelectMany(w => w.Phones).ToArray();
        var expected = Reference($"{file}.phones.json").ToArray();
        Assert.Equal(expected.Length, found.Length);
        Assert.InRange(found.Zip(expected).Count(pair => pair.First.Name != pair.Second.Phone), 0, 1); // another variant of "an"
        var errors = found.Zip(expected, (f, e) => Math.Abs(f.First - (e.Begin * PhoneAlignment.FrameRate))).Order().ToArray();
        Assert.InRange(errors[errors.Length / 2], 0, 1.5);
        Assert.InRange(errors.Average(), 0, 3);
    }

    // Neighbours tell much of a phone: the model's phones by themselves have fewer of them right.
    [Fact]
    public async Task AlignAsync_NativeSpeech_ExpectedPhonesAreLikeliestBetweenTheirNeighbours()
    {
        var alignment = await Aligner.AlignAsync(Text.Split(' '), Speech, TestContext.Current.CancellationToken);

        AlignedPhone[] phones = [.. alignment.Words.SelectMany(w => w.Phones)];
        var inContext = phones.Index().Count(p => alignment.Likelihoods(p.Index).ToArray().Index().MaxBy(l => l.Item).Index == p.Item.Phone);
        Assert.InRange(inContext, Math.Max(phones.Length * 0.7, phones.Count(p => alignment.Evidence(p).Margin > 0)), phones.Length);
    }

    [Fact]
    public async Task AlignAsync_AdultVoice_NeedsLittleChange()
    {
        var alignment = await Aligner.AlignAsync(Text.Split(' '), Speech, TestContext.Current.CancellationToken);

        Assert.InRange(alignment.Voice.Formants, 0.88, 1.12);
        Assert.InRange(alignment.Voice.Gain, 0, 5);
    }

    [Fact]
    public async Task AlignAsync_OtherVariant_IsTaken()
    {
        // The dictionary's first "was" is W AA Z.
        var alignment = await Aligner.AlignAsync(Text.Split(' '), Speech, TestContext.Current.CancellationToken);

        Assert.Equal(["W", "AH", "Z"], alignment.Words[1].Phones.Select(p => p.Name));
    }

    [Fact]
    public async Task AlignAsync_WrittenForms_AreSpoken()
    {
        var alignment = await Aligner.AlignAsync(["Eight", "of", "SPADES,", "4", "of", "clubs;", "7", "of", "<b>hearts</b>!"], Read("cards-005.wav"), TestContext.Current.CancellationToken);

        Assert.Equal(["F", "AO", "R"], alignment.Words[3].Phones.Select(p => p.Name));
        Assert.Equal(["S", "EH", "V", "AH", "N"], alignment.Words[6].Phones.Select(p => p.Name));
    }

    [Fact]
    public async Task AlignAsync_LongerThanAllowed_IsTheCallersFault()
    {
        var refusal = await Assert.ThrowsAsync<VoiceException>(
            async () => await Aligner.AlignAsync(["hello"], new short[61 * AudioMath.SpeechRate], TestContext.Current.CancellationToken));

        Assert.Equal(FailureClass.UserInput, refusal.Class);
        Assert.Contains("60 seconds", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Probe_ModelThatIsNotThere_NamesThePackage()
    {
        var status = PocketSphinxAligner.Registration(new PocketSphinxOptions { ModelPath = "/nowhere" }).Probe();

        Assert.Equal((VoiceStage.Coach, false), (status.Stage, status.Available));
        Assert.Contains("pocketsphinx-en-us", status.Remedy, StringComparison.Ordinal);
    }

    private static short[] Read(string file) => WavReader.Read(SharedData.Find($"speech/{file}")).Samples;

    private static IEnumerable<(string Phone, double Begin)> Reference(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedData.Find($"speech/{file}")));
        return [.. document.RootElement.GetProperty("w").EnumerateArray().SelectMany(w => w.GetProperty("w").EnumerateArray())
            .Select(p => (p.GetProperty("t").GetString()!, p.GetProperty("b").GetDouble())).Where(p => p.Item1 != "SIL")];
    }
}
