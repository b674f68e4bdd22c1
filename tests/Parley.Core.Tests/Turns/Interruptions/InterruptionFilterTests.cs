using Parley.Turns.Interruptions;

namespace Parley.Core.Tests.Turns.Interruptions;

public sealed class InterruptionFilterTests
{
    private static readonly SoundShape s_speech = new(6, -20, 0.8f, 5, 0.03f, 0.8f, 4.5f);
    private static readonly SoundShape s_cough = new(6, -20, 0, 0, 0.15f, 0.5f, 2.5f);
    private static readonly SoundShape s_hum = new(6, -20, 1, 6, 0.005f, 0.97f, 1.4f);
    private static readonly SpokenContext s_statement = SpokenContext.From("The bakery opens early in the morning and", "closes late in the evening.");
    private static readonly SpokenContext s_question = SpokenContext.From("We have two rooms. Would you like", "the quiet one?");

    [Theory]
    [InlineData("mm hm")]
    [InlineData("yeah")]
    [InlineData("okay right")]
    [InlineData("oh I see")]
    [InlineData("uh-huh, of course")]
    [InlineData("That's right.")]
    public void Judge_WordsOfAttention_AreABackchannel(string partial) => Assert.Equal(InterruptionKind.Backchannel, Judge(partial).Kind);

    [Theory]
    [InlineData("stop")]
    [InlineData("wait")]
    [InlineData("No.")]
    [InlineData("hold on")]
    [InlineData("sorry")]
    [InlineData("excuse me")]
    [InlineData("yeah but")]
    [InlineData("okay, stop")]
    public void Judge_WordsThatAskForTheFloor_InterruptHoweverFew(string partial) =>
        Assert.Equal(InterruptionKind.Interruption, Judge(partial, minWords: 5).Kind);

    [Fact]
    public void Judge_EnoughWords_Interrupt() => Assert.Equal(InterruptionKind.Interruption, Judge("i think").Kind);

    [Fact]
    public void Judge_WordsOfAttentionBeforeOthers_DoNotCount()
    {
        Assert.Equal(InterruptionKind.Undecided, Judge("yeah well").Kind);
        Assert.Equal(InterruptionKind.Interruption, Judge("yeah I think").Kind);
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("okay")]
    [InlineData("mm hm")]
    public void Judge_WordOfAttentionToAQuestion_AnswersIt(string partial) =>
        Assert.Equal(InterruptionKind.Interruption, Judge(partial, said: s_question).Kind);

    [Theory]
    [InlineData("Would you like some tea? We", "have green and black.", true)]
    [InlineData("Would you like some", "tea?", true)]
    [InlineData("Would you like some tea? We have green and", "black.", false)]
    [InlineData("Would", "you like some green or black tea?", false)]
    public void From_TextAroundThePosition_TellsWhetherAQuestionIsOpen(string heard, string unsaid, bool asks) =>
        Assert.Equal(asks, SpokenContext.From(heard, unsaid).AsksNow);

    [Theory]
    [InlineData("early in the morning")]
    [InlineData("bakery opens oily in a morning and")]
    [InlineData("morning and closes")]
    [InlineData("the")]
    public void Judge_TheAssistantsOwnWords_AreAnEcho(string partial) => Assert.Equal(InterruptionKind.Echo, Judge(partial).Kind);

    [Theory]
    [InlineData("the bakery is closed on sundays i think")]
    [InlineData("morning early")]
    public void Judge_SomeWordsOfTheAssistantInAnotherOrder_AreNoEcho(string partial) =>
        Assert.Equal(InterruptionKind.Interruption, Judge(partial).Kind);

    [Fact]
    public void Judge_TheSameWordsLongAfterTheAssistantWasHeld_AreNoEcho() =>
        Assert.Equal(InterruptionKind.Interruption, Judge("early in the morning", heldMs: 1_000).Kind);

    [Fact]
    public void Judge_NoVoiceInTheSound_IsNoiseWhateverARecogniserMakesOfIt()
    {
        Assert.Equal(InterruptionKind.Noise, Judge("", sound: s_cough).Kind);
        Assert.Equal(InterruptionKind.Noise, Judge("the stop", sound: s_cough, speechMs: 2_000).Kind);
    }

    [Fact]
    public void Judge_MuchQuieterThanTheSpeaker_IsSomebodyElse()
    {
        Assert.Equal(InterruptionKind.Noise, Judge("", sound: s_speech with { LevelDb = -45 }, speakerLevelDb: -20).Kind);
        Assert.Equal(InterruptionKind.Undecided, Judge("", sound: s_speech with { LevelDb = -45 }).Kind);
    }

    [Fact]
    public void Judge_Hum_IsABackchannelUntilItLastsTooLong()
    {
        Assert.Equal(InterruptionKind.Backchannel, Judge("", sound: s_hum, speechMs: 700).Kind);
        Assert.Equal(InterruptionKind.Interruption, Judge("", sound: s_hum, speechMs: 1_000).Kind);
    }

    [Fact]
    public void Judge_Hum_DoesNotAnswerAQuestionByItself() =>
        Assert.Equal(InterruptionKind.Undecided, Judge("", sound: s_hum, said: s_question).Kind);

    [Fact]
    public void Judge_SpeechThatGoesOn_Interrupts()
    {
        Assert.Equal(InterruptionKind.Undecided, Judge("", speechMs: 499).Kind);
        Assert.Equal(InterruptionKind.Interruption, Judge("", speechMs: 500).Kind);
    }

    [Fact]
    public void Judge_MinimumIsZero_EverySoundInterrupts() => Assert.Equal(InterruptionKind.Interruption, Judge("", sound: s_cough, minMs: 0).Kind);

    [Fact]
    public void Judge_NothingOfTheReplyWasHeard_ThereIsNothingToNodAt()
    {
        var signals = Signals("yeah okay", s_speech, null, 200, 100, 500, 2, null);

        Assert.Equal(InterruptionKind.Interruption, InterruptionFilter.Judge(signals).Kind);
    }

    private static InterruptionVerdict Judge(
        string partial, SoundShape? sound = null, SpokenContext? said = null, int speechMs = 200, int heldMs = 150, int minMs = 500, int minWords = 2,
        float? speakerLevelDb = null) =>
        InterruptionFilter.Judge(Signals(partial, sound ?? s_speech, said ?? s_statement, speechMs, heldMs, minMs, minWords, speakerLevelDb));

    private static InterruptionSignals Signals(
        string partial, SoundShape sound, SpokenContext? said, int speechMs, int heldMs, int minMs, int minWords, float? speakerLevelDb) => new()
        {
            Partial = partial, Sound = sound, Said = said, SpeakerLevelDb = speakerLevelDb, Speech = TimeSpan.FromMilliseconds(speechMs),
            Held = TimeSpan.FromMilliseconds(heldMs), Rules = new InterruptionRules(TimeSpan.FromMilliseconds(minMs), minWords),
        };
}
