using Parley.Sessions;
using Parley.Testing.Sessions;
using Parley.Testing.Simulated;
using Parley.Transports.Protocol;
using Parley.Turns;

namespace Parley.Core.Tests.Sessions;

public sealed class EngineFailureTests
{
    [Fact]
    public void Recognizer_Fails_IsToldAndTheNextTurnWorks()
    {
        var talk = new SimulatedConversation(e => e.Asr.Fails = true).Start().Speak(600);
        talk.HushUntil<ErrorMessage>(e => e.Code == ErrorCodes.EngineFailed && e.Stage == "asr");
        talk.HushUntil<StateUpdate>(s => s.State == TurnState.Idle);

        talk.Engines.Asr.Fails = false;
        talk.Speak(600).HushUntil<AssistantTextDone>();

        talk.End();
    }

    [Fact]
    public void Synthesizer_Fails_TheFallbackSpeaksTheSameClause()
    {
        var talk = new SimulatedConversation(e => e.Tts.Fails = true);
        talk.Engines.TtsFallback = new SimulatedSynthesizer(talk.Scheduler.Clock, "second");

        talk.Start().Speak(600).HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        var degraded = Assert.Single(talk.Client.Of<Degraded>());
        Assert.Equal(("tts", "simulated", "second"), (degraded.Stage, degraded.From, degraded.To));
        Assert.NotEmpty(talk.Client.Packets);
        talk.End();
    }

    [Fact]
    public void Synthesizer_Hangs_TheFallbackSpeaksAfterTheTimeout()
    {
        var talk = new SimulatedConversation(e => e.Tts.Hangs = true, new SessionOptions { TtsTimeout = TimeSpan.FromSeconds(1) });
        talk.Engines.TtsFallback = new SimulatedSynthesizer(talk.Scheduler.Clock, "second");

        talk.Start().Speak(600).HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        Assert.Equal("second", Assert.Single(talk.Client.Of<Degraded>()).To);
        talk.End();
        Assert.Equal(0, talk.Engines.Tts.Active);
    }

    [Fact]
    public void NoSynthesizerLeft_TheReplyGoesOnAsText()
    {
        var talk = new SimulatedConversation(e => e.Tts.Fails = true).Start().Speak(600);

        var done = talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        Assert.Equal(talk.Engines.Chat.Texts[0], done.Text);
        Assert.Equal("text", Assert.Single(talk.Client.Of<Degraded>()).To);
        Assert.Contains(talk.Client.Of<ErrorMessage>(), e => e.Stage == "tts");
        Assert.Empty(talk.Client.Packets);
        talk.End();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Reply_FailsAfterSomeWords_AnApologyIsSpoken(int words)
    {
        var talk = new SimulatedConversation(e => e.Chat.FailsAfter = words).Start().Speak(600);

        var done = talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        Assert.Contains("Sorry", done.Text, StringComparison.Ordinal);
        Assert.Contains(talk.Client.Of<ErrorMessage>(), e => e.Code == ErrorCodes.EngineFailed && e.Stage == "reply");
        talk.End();
    }

    [Fact]
    public void Reply_Hangs_AnApologyIsSpokenAfterTheTimeout()
    {
        var talk = new SimulatedConversation(e => e.Chat.HangsAfter = 0, new SessionOptions { ReplyTimeout = TimeSpan.FromSeconds(2) }).Start().Speak(600);

        talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text && m.Text.Contains("Sorry", StringComparison.Ordinal));

        talk.End();
    }

    [Fact]
    public void Detector_Fails_TheEnergyDetectorTakesOver()
    {
        var talk = new SimulatedConversation(vad: new SimulatedVad { WindowSamples = 512 }).Start();
        talk.Engines.Vad.Fails = true;

        talk.Hush(600).Speak(900).HushUntil<AsrFinal>();

        Assert.Equal("energy", Assert.Single(talk.Client.Of<Degraded>()).To);
        talk.End();
    }
}
