using Parley.Learning.Pronunciation;
using Parley.Testing;

namespace Parley.Learning.Tests.Pronunciation.Spoken;

public sealed class InsertionTests(SpokenReadings spoken) : IClassFixture<SpokenReadings>
{
    private const string Text = "I would like a cup of coffee with some sugar please.";
    private const string Native = "he was not an ill disposed young man";

    [Theory]
    [InlineData("I would like like a cup of coffee with some sugar please.", "like", 2)]
    [InlineData("I would, I would like a cup of coffee with some sugar please.", "I would", 0)]
    [InlineData("I would like a cup of coffee with some sugar sugar please.", "sugar", 9)]
    [InlineData("I would like a, um, cup of coffee with some sugar please.", "um", 4)]
    public async Task AssessAsync_WordTooMany_IsAnInsertion(string said, string inserted, int before)
    {
        var assessment = await AssessAsync(Text, await SpokenReadings.ReadAsync(said));

        var found = Assert.Single(assessment.Insertions);
        Assert.Equal((inserted, before, WordError.Insertion), (found.Text, found.Before, found.Error));
        Assert.InRange(found.EndMs - found.StartMs, 100, 900);
        Assert.Equal(Text.Split(' '), assessment.Words.Select(w => w.Text));
        Assert.DoesNotContain(assessment.Words, w => w.Error == WordError.UnexpectedBreak);
    }

    [Theory]
    [InlineData("slt")]
    [InlineData("rms")]
    [InlineData("awb")]
    public async Task AssessAsync_NothingTooMuch_HasNoInsertions(string voice) => Assert.Empty((await AssessAsync(Text, await SpokenReadings.ReadAsync(Text, voice))).Insertions);

    [Theory]
    [InlineData("austen-0880", Native)]
    [InlineData("austen-0930", "he might even have been made amiable himself")]
    [InlineData("austen-0870", null)]
    public async Task AssessAsync_NativeSpeaker_HasNoInsertions(string file, string? text)
    {
        text ??= File.ReadLines(SharedData.Find("speech/transcripts.tsv")).Select(line => line.Split('\t')).First(row => row[0].StartsWith(file, StringComparison.Ordinal))[1];

        Assert.Empty((await AssessAsync(text, Read(file))).Insertions);
    }

    // A person's own voice, cut so that a word comes twice.
    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public async Task AssessAsync_NativeSpeakerRepeatsAWord_IsAnInsertion(int word)
    {
        var speech = Read("austen-0880");
        var alignment = await spoken.Aligner.AlignAsync(Native.Split(' '), speech, TestContext.Current.CancellationToken);
        var (from, to) = (Sample(alignment.Words[word].First), Sample(alignment.Words[word].End));
        short[] twice = [.. speech[..to], .. speech[from..]];

        var found = Assert.Single((await AssessAsync(Native, twice)).Insertions);

        Assert.Equal(alignment.Words[word].Text, found.Text);
        Assert.InRange(found.StartMs, (from / 16) - 60, (from / 16) + 60);
    }

    // What is said beside the text is told and no more: the words are judged as they lie along the recording without it.
    [Fact]
    public async Task AlignAsync_WordTooMany_LiesUnderTheText()
    {
        var alignment = await spoken.Aligner.AlignAsync(Text.Split(' '), await SpokenReadings.ReadAsync("I would like like a cup of coffee with some sugar please."), TestContext.Current.CancellationToken);

        var inserted = Assert.Single(alignment.Insertions);
        Assert.Contains(alignment.Words.SelectMany(w => w.Phones), phone => phone.First < inserted.End && phone.End > inserted.First);
    }

    private static int Sample(int frame) => frame * 160;

    private static short[] Read(string file) => Audio.WavReader.Read(SharedData.Find($"speech/{file}.wav")).Samples;

    private Task<Assessment> AssessAsync(string text, short[] samples) => new PronunciationAssessor(spoken.Aligner).AssessAsync(text, samples, TestContext.Current.CancellationToken);
}
