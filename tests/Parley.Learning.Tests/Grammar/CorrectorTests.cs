using System.Diagnostics;
using Parley.Learning.Grammar;

namespace Parley.Learning.Tests.Grammar;

public sealed class CorrectorTests
{
    [Theory]
    [InlineData("I dont study tecnologies , becouse they are dificult .", "I do n't study technologies , because they are difficult .")]
    [InlineData("Beacuse the tecnologies are new.", "Because the technologies are new.")]
    [InlineData("therefore i bought a car", "Therefore I bought a car.")]
    [InlineData("However we went home.", "However, we went home.")]
    [InlineData("They want to sell there house.", "They want to sell their house.")]
    [InlineData("She is taller then me.", "She is taller than me.")]
    [InlineData("I was born in paris.", "I was born in Paris.")]
    public void Correct_WrittenText_IsSpeltAndMarked(string before, string after) => Assert.Equal(after, Language.Full.Correct(new CorrectionRequest(before)).Corrected);

    [Theory]
    [InlineData("um i i went to the the park and uh then home")]
    [InlineData("yes")]
    [InlineData("not really maybe tomorrow")]
    [InlineData("because i was tired")]
    [InlineData("i like paris and siences")]
    public void Correct_SpokenFragmentFillerOrRestart_IsLeft(string text) => Assert.Equal(text, Language.Full.Correct(new CorrectionRequest(text, IsSpoken: true)).Corrected);

    [Fact]
    public void Correct_WordTheRecogniserDoubted_IsLeft()
    {
        var text = "yesterday i go to school because he like it";
        var sure = Language.Rules.Correct(new CorrectionRequest(text, IsSpoken: true, [1, 1, 1, 1, 1, 1, 1, 1, 1]));
        var doubtful = Language.Rules.Correct(new CorrectionRequest(text, IsSpoken: true, [1, 1, 0.3, 1, 1, 1, 1, 1, 1]));
        Assert.Equal("yesterday i went to school because he likes it", sure.Corrected);
        Assert.Equal("yesterday i go to school because he likes it", doubtful.Corrected);
    }

    [Theory]
    [InlineData("Yesterday I go to the cinema with my friends, and it depends of the weather.")]
    [InlineData("i have two brother and they has much friends in the the school alot")]
    [InlineData("What means this word? I am agree  with\tyou . He is doctor")]
    [InlineData("Is very important. I don't know where do they live! More better, more easier.")]
    public void Correct_Edits_MadeInTheSourceGiveTheCorrectedText(string text)
    {
        var correction = Language.Full.Correct(new CorrectionRequest(text));
        Assert.NotEmpty(correction.Edits);
        Assert.All(correction.Edits, e => Assert.Equal(text[e.Start..e.End], e.Original));
        Assert.All(correction.Edits.Zip(correction.Edits.Skip(1)), p => Assert.True(p.First.End <= p.Second.Start));
        Assert.Equal(correction.Corrected, Apply(text, correction.Edits));
    }

    [Fact]
    public void Correct_Edit_SaysWhyInTwoLanguages()
    {
        var edit = Assert.Single(Language.Rules.Correct(new CorrectionRequest("It depends of the weather.")).Edits);
        Assert.Equal(("depend-of", "PREP", "A2", "of", "on", 11, 13, EditSource.Rule), (edit.Rule, edit.Type, edit.Level, edit.Original, edit.Correction, edit.Start, edit.End, edit.Source));
        Assert.NotEqual("", edit.Explain);
        Assert.NotEqual("", edit.ExplainChinese);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("😀 👍🏽 👨‍👩‍👧")]
    [InlineData("我喜欢学习英语。")]
    [InlineData("<b>bold</b> &amp; https://example.org/a?b=c me@example.org @ana #tag `code`")]
    [InlineData("\uFFFD\uFFFD \0\u0001")]
    [InlineData("«Привет», сказал он.")]
    [InlineData("1 2 3 4:they 5kg")]
    [InlineData("\uD83D broken half")]
    public void Correct_WhatIsNoEnglish_KeepsItAndItsLength(string text)
    {
        var correction = Language.Full.Correct(new CorrectionRequest(text, IsSpoken: true));
        Assert.Equal(text, correction.Corrected);
        Assert.Empty(correction.Edits);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("he go ")]
    [InlineData("<a ")]
    [InlineData("@")]
    [InlineData("''")]
    [InlineData("...,")]
    public void Correct_TenThousandCharacters_EndsInTime(string piece)
    {
        var corrector = Language.Full;
        var text = string.Concat(Enumerable.Repeat(piece, 10_000 / piece.Length));
        var start = Stopwatch.GetTimestamp();
        var correction = corrector.Correct(new CorrectionRequest(text));
        Assert.Equal(correction.Corrected, Apply(text, correction.Edits));
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 10);
    }

    [Fact]
    public void Correct_RandomWords_EditsAlwaysFit()
    {
        string[] words = ["the", "a", "he", "go", "goed", "yesterday", "more", "better", "of", "depends", "children", "informations", ",", ".", "?", "don't", "do", "n't", "is", "are", "I", "i", "siences", "to", "Paris", "many", "people"];
        var random = new Random(7);
        for (var n = 0; n < 300; n++)
        {
            var text = string.Join(' ', Enumerable.Range(0, random.Next(1, 20)).Select(_ => words[random.Next(words.Length)]));
            var correction = Language.Full.Correct(new CorrectionRequest(text, IsSpoken: n % 2 == 0));
            Assert.True(Fits(correction), text);
        }
    }

    private static bool Fits(Correction correction) => correction.Edits.All(e => e.Start <= e.End && e.End <= correction.Source.Length)
        && correction.Edits.Zip(correction.Edits.Skip(1)).All(p => p.First.End <= p.Second.Start) && Apply(correction.Source, correction.Edits) == correction.Corrected;

    private static string Apply(string text, IReadOnlyList<Edit> edits) => edits.Reverse().Aggregate(text, (t, e) => t[..e.Start] + e.Correction + t[e.End..]);
}
