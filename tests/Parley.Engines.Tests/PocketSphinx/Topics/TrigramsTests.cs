using Parley.PocketSphinx.Asr.Topics;

namespace Parley.Engines.Tests.PocketSphinx.Topics;

public sealed class TrigramsTests
{
    private static readonly Trigrams s_model = new(new[] { "i like tea", "i like coffee", "you like tea" }.Select(s => s.Split(' ')));

    [Theory]
    [InlineData("")]
    [InlineData("like")]
    [InlineData("i like")]
    [InlineData("<s>")]
    [InlineData("never seen")]
    public void Probability_AnyContext_SumsToOne(string context) =>
        Assert.Equal(1, new[] { "i", "you", "like", "tea", "coffee", "</s>" }.Sum(word => s_model.Probability(context, word)), 1e-9);

    [Fact]
    public void Probability_WhatWasSeen_IsLikelierThanWhatWasNot()
    {
        Assert.True(s_model.Probability("i like", "tea") > s_model.Probability("i like", "you"));
        Assert.True(s_model.Probability("", "like") > s_model.Probability("", "coffee"));
    }

    // Witten and Bell by hand: "like" was followed by three words, two of them different; alone, tea is 2 of 12 words, of six different ones.
    [Fact]
    public void Probability_KnownCounts_IsWittenAndBells()
    {
        var alone = (2 + (6 / 6.0)) / (12 + 6);

        Assert.Equal(alone, s_model.Probability("", "tea"), 1e-9);
        Assert.Equal((2 + (2 * alone)) / (3 + 2), s_model.Probability("like", "tea"), 1e-9);
    }

    [Fact]
    public void ToArpa_Model_CountsItsEntriesAndKeepsItsWeights()
    {
        var lines = s_model.ToArpa().Split('\n');

        foreach (var order in new[] { 1, 2, 3 })
        {
            var entries = lines.SkipWhile(l => l != $"\\{order}-grams:").Skip(1).TakeWhile(l => l.Length > 0).ToArray();
            Assert.Contains($"ngram {order}={entries.Length}", lines);
            Assert.All(entries, e => Assert.Equal(order, e.Split('\t')[1].Split(' ').Length));
        }
        // What a context leaves to others is what those that were seen do not take.
        var left = Math.Pow(10, double.Parse(lines.Single(l => l.Contains("\tlike\t", StringComparison.Ordinal)).Split('\t')[2], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(2 / 5.0, left, 0.001);
        Assert.Equal("\\end\\", lines[^2]);
    }

    [Fact]
    public void Create_NoSentences_HasTheirEndOnly() => Assert.Equal(1, new Trigrams([[]]).Words);
}
