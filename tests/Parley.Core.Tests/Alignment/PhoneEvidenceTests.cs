using Parley.Alignment;

namespace Parley.Core.Tests.Alignment;

public sealed class PhoneEvidenceTests
{
    private static readonly int s_th = Phones.IndexOf("TH"), s_s = Phones.IndexOf("S");

    [Fact]
    public void IndexOf_NamesWithAndWithoutStress_AreFound()
    {
        Assert.Equal(Phones.Count, Phones.Names.Count);
        Assert.All(Phones.Names.Index(), name => Assert.Equal(name.Index, Phones.IndexOf(name.Item)));
        Assert.Equal(Phones.IndexOf("AA"), Phones.IndexOf("AA1"));
        Assert.Equal(-1, Phones.IndexOf("XX"));
    }

    [Fact]
    public void IsVowel_AllPhones_FifteenAre() => Assert.Equal(15, Enumerable.Range(0, Phones.Count).Count(Phones.IsVowel));

    [Fact]
    public void Evidence_TwoFrames_IsTheirMean()
    {
        var values = new float[2 * PhoneAlignment.Classes];
        Array.Fill(values, -9);
        (values[s_th], values[PhoneAlignment.Classes + s_th]) = (-1, -3);
        (values[s_s], values[PhoneAlignment.Classes + s_s]) = (-1, -1);
        var word = new AlignedWord("th", [new AlignedPhone(s_th, 0, 2)]);

        var evidence = new PhoneAlignment([word], values).Evidence(word.Phones[0]);

        Assert.Equal((-2, -1, -1, s_s), (evidence.Lpp, evidence.Gop, evidence.Margin, evidence.Competitor));
    }

    [Fact]
    public void Gop_ExpectedPhoneFitsBest_IsZero()
    {
        var means = new float[PhoneAlignment.Classes];
        Array.Fill(means, -5);
        means[s_th] = -1;

        var evidence = new PhoneEvidence(s_th, means);

        Assert.Equal((0, 4), (evidence.Gop, evidence.Margin));
    }

    [Fact]
    public void Likelihoods_NoneGiven_AreTheSumsOfThePosteriors()
    {
        var values = new float[3 * PhoneAlignment.Classes];
        (values[s_th], values[PhoneAlignment.Classes + s_th], values[(2 * PhoneAlignment.Classes) + s_s]) = (-1, -3, -5);
        var word = new AlignedWord("th", [new AlignedPhone(s_th, 0, 2), new AlignedPhone(s_s, 2, 3)]);

        var alignment = new PhoneAlignment([word], values);

        Assert.Equal((-4, 0), (alignment.Likelihoods(0)[s_th], alignment.Likelihoods(0)[s_s]));
        Assert.Equal(-5, alignment.Likelihoods(1)[s_s]);
    }

    [Fact]
    public void Create_TooFewLikelihoods_Throws() => Assert.Throws<ArgumentException>(
        () => new PhoneAlignment([new AlignedWord("th", [new AlignedPhone(s_th, 0, 1)])], new float[PhoneAlignment.Classes], new float[Phones.Count - 1]));

    [Fact]
    public void Create_BrokenFrame_Throws() => Assert.Throws<ArgumentException>(() => new PhoneAlignment([], new float[PhoneAlignment.Classes + 1]));
}
