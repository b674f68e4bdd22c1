using System.Text.Json;
using Microsoft.Extensions.AI;
using Parley.Learning.Grammar;
using Parley.Learning.Grammar.Models;
using Parley.Testing.Simulated;
using Parley.Time;

namespace Parley.Learning.Tests.Grammar.Models;

/// <summary>A model that answers, answers badly or not at all, on the virtual clock.</summary>
public sealed class ModelCorrectorTests : IDisposable
{
    private const string Text = "i am here since monday and it depends of you";

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    private static readonly Correction s_byRules = new(Text, "i am here since monday and it depends on you",
        [new Edit(38, 40, "of", "on", "depend-of", "Because.", EditSource.Rule)]);

    private readonly DeterministicScheduler _scheduler = new();
    private readonly SimulatedChatClient _model;

    public ModelCorrectorTests() => _model = new SimulatedChatClient(_scheduler.Clock);

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Correct_ModelFindsMore_IsAddedAndMarked()
    {
        Answer("i have been here since monday and it depends from you", new { original = "am", correction = "have been", why = "It still goes on." });
        var correction = Correct();

        Assert.Equal("i have been here since monday and it depends on you", correction.Corrected);
        Assert.Equal([(EditSource.Model, "am", "have been"), (EditSource.Rule, "of", "on")], correction.Edits.Select(e => (e.Source, e.Original, e.Correction)));
        Assert.Equal("It still goes on.", correction.Edits[0].Explain);
        Assert.False(correction.IsDegraded);
    }

    [Fact]
    public void Correct_Question_HoldsTheTextAsDataAndAsksForTheSchema()
    {
        Answer(Text);
        Correct();
        using var asked = JsonDocument.Parse(_model.Prompts[0][^1].Text);
        Assert.Equal(Text, asked.RootElement.GetProperty("text").GetString());
        Assert.True(asked.RootElement.GetProperty("spoken").GetBoolean());
        Assert.IsType<ChatResponseFormatJson>(_model.Options[0]!.ResponseFormat);
    }

    [Fact]
    public void Correct_CapitalsAndMarksOfSpokenText_AreLeft()
    {
        Answer("I am here since Monday, and it depends of you.");
        Assert.Same(s_byRules, Correct());
    }

    [Fact]
    public void Correct_DoubtfulWord_IsLeft()
    {
        Answer("i have been here since monday and it depends of you");
        Assert.Same(s_byRules, Correct(new CorrectionRequest(Text, IsSpoken: true, [1, 0.2, 1])));
    }

    [Fact]
    public void Correct_ModelRewritesAll_IsLeftOut()
    {
        Answer("since monday our staying at this place has been entirely up to your own decision");
        Assert.Same(s_byRules, Correct());
    }

    [Theory]
    [InlineData("Sorry, I cannot help with that.")]
    [InlineData("{\"notes\":[]}")]
    [InlineData("{\"corrected\":5}")]
    [InlineData("{\"corrected\":\"i have")]
    [InlineData("")]
    public void Correct_NoAnswerOfTheSchema_KeepsTheRulesAndIsDegraded(string answer)
    {
        _model.Texts = [answer];
        Assert.Equal(s_byRules with { IsDegraded = true }, Correct());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Correct_ModelHangs_EndsAtTheTimeoutAndIsDegraded(bool deaf)
    {
        Answer(Text);
        (_model.HangsAfter, _model.IsDeaf) = (1, deaf);
        Assert.Equal(s_byRules with { IsDegraded = true }, Correct());
        Assert.Equal(new ModelCorrectorOptions().Timeout, _scheduler.Clock.Elapsed);
    }

    [Fact]
    public void Correct_ModelFails_IsDegraded()
    {
        Answer(Text);
        _model.FailsAfter = 0;
        Assert.True(Correct().IsDegraded);
    }

    [Fact]
    public void Correct_CallerCancels_Throws()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var asked = _scheduler.Start(() => new ModelCorrector(_model, _scheduler.Clock).CorrectAsync(s_byRules, new CorrectionRequest(Text), cancelled.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => _scheduler.Run(asked, s_limit));
    }

    [Theory]
    [InlineData("")]
    [InlineData("我喜欢")]
    [InlineData("123 😀")]
    public void Correct_TextWithoutChange_StaysWhole(string text)
    {
        Answer(text);
        var byRules = new Correction(text, text, []);
        Assert.Equal(byRules, Correct(new CorrectionRequest(text), byRules));
    }

    [Fact]
    public void Correct_LongText_IsNotSent()
    {
        var text = string.Concat(Enumerable.Repeat("a word ", 300));
        Correct(new CorrectionRequest(text), new Correction(text, text, []));
        Assert.Empty(_model.Prompts);
    }

    [Theory]
    [InlineData("he go home", "he goes home")]
    [InlineData("I have dog .", "I have a dog .")]
    [InlineData("we discussed about it", "we discussed it")]
    [InlineData("a", "")]
    [InlineData("", "a b")]
    [InlineData("don't  do\tit", "do not do it!")]
    public void Between_TwoTexts_EditsMakeOneOfTheOther(string source, string target)
    {
        var text = source;
        foreach (var (start, end, put) in TextDiff.Between(source, target).Reverse()) { text = text[..start] + put + text[end..]; }
        Assert.Equal(target, text);
    }

    private void Answer(string corrected, params object[] notes) => _model.Texts = [JsonSerializer.Serialize(new { corrected, notes })];

    private Correction Correct(CorrectionRequest? request = null, Correction? byRules = null) => _scheduler.Run(_scheduler.Start(() =>
        new ModelCorrector(_model, _scheduler.Clock).CorrectAsync(byRules ?? s_byRules, request ?? new CorrectionRequest(Text, IsSpoken: true))), s_limit);
}
