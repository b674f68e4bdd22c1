using Parley.Sessions;
using Parley.Testing.Sessions;
using Parley.Transports;
using Parley.Transports.Protocol;
using Parley.Turns;

namespace Parley.Core.Tests.Sessions;

public sealed class ProtocolRulesTests
{
    [Fact]
    public void Audio_BeforeStart_IsRefused()
    {
        var talk = new SimulatedConversation().Say(new AudioInput(new byte[640]));

        Assert.Equal(ErrorCodes.NotStarted, Assert.Single(talk.Client.Of<ErrorMessage>()).Code);
        talk.End();
    }

    [Fact]
    public void Start_Twice_IsRefusedAndTheSessionGoesOn()
    {
        var talk = new SimulatedConversation().Start().Start().Speak(600);

        talk.HushUntil<AsrFinal>();

        Assert.Equal(ErrorCodes.AlreadyStarted, Assert.Single(talk.Client.Of<ErrorMessage>()).Code);
        talk.End();
    }

    [Fact]
    public void Audio_OfOddLength_IsRefusedAndTheSessionGoesOn()
    {
        var talk = new SimulatedConversation().Start().Say(new AudioInput(new byte[641])).Speak(600);

        talk.HushUntil<AsrFinal>();

        Assert.Equal(ErrorCodes.BadAudio, Assert.Single(talk.Client.Of<ErrorMessage>()).Code);
        talk.End();
    }

    [Fact]
    public void Audio_FarAheadOfRealTime_IsDroppedAndSaidSoOnce()
    {
        var talk = new SimulatedConversation().Start();

        for (var i = 0; i < 300; i++) { talk.Say(new AudioInput(new byte[640])); }

        Assert.Equal(ErrorCodes.TooFast, Assert.Single(talk.Client.Of<ErrorMessage>()).Code);
        talk.Wait(5_000).Speak(600).HushUntil<AsrFinal>();
        talk.End();
    }

    [Fact]
    public void Audio_AfterABurstStaysAtTheLimit_IsSaidOnceAndTheSessionGoesOn()
    {
        // As after a stall of the network: what piled up comes at once, then frames come a little early, now one and now another too much.
        var talk = new SimulatedConversation().Start();
        for (var i = 0; i < 300; i++) { talk.Say(new AudioInput(new byte[640])); }

        for (var i = 0; i < 400; i++) { talk.Say(new AudioInput(new byte[640])).Wait(19); }

        Assert.Equal(ErrorCodes.TooFast, Assert.Single(talk.Client.Of<ErrorMessage>()).Code);
        Assert.False(talk.HasEnded, "the session has ended");
        talk.End();
    }

    [Fact]
    public void Audio_TooFastAgainAfterItWasNot_IsSaidAgain()
    {
        var talk = new SimulatedConversation().Start();
        for (var i = 0; i < 300; i++) { talk.Say(new AudioInput(new byte[640])); }

        talk.Wait(5_000);
        for (var i = 0; i < 300; i++) { talk.Say(new AudioInput(new byte[640])); }

        Assert.Equal(2, talk.Client.Of<ErrorMessage>().Count(e => e.Code == ErrorCodes.TooFast));
        talk.End();
    }

    [Fact]
    public void Errors_TwentyInTenSeconds_CloseTheLine()
    {
        var talk = new SimulatedConversation().Start();

        for (var i = 0; i < 20; i++) { talk.Say(new InvalidInput(ErrorCodes.BadJson, "broken")).Wait(100); }

        Assert.True(talk.HasEnded);
        Assert.Equal(TransportCloseReason.PolicyViolation, talk.Client.Closed);
        Assert.True(talk.Client.Of<ErrorMessage>()[^1].Fatal);
    }

    [Fact]
    public void Errors_SpreadOverTime_AreForgiven()
    {
        var talk = new SimulatedConversation().Start();

        for (var i = 0; i < 60; i++) { talk.Say(new InvalidInput(ErrorCodes.BadJson, "broken")).Wait(600); }

        Assert.False(talk.HasEnded);
        talk.End();
    }

    [Fact]
    public void Update_OfTheTransportOfAudio_IsNotChangeable()
    {
        var talk = new SimulatedConversation().Start()
            .Say(new SessionUpdate(new SessionConfig { Audio = new AudioConfig { Out = new AudioOutConfig { Transport = AudioTransport.Json } } }));

        Assert.Equal(ErrorCodes.NotChangeable, Assert.Single(talk.Client.Of<ErrorMessage>()).Code);
        talk.End();
    }

    [Fact]
    public void Update_OfThePatience_AppliesToTheTurnUnderWay()
    {
        var talk = new SimulatedConversation().Start().Speak(600)
            .Say(new SessionUpdate(new SessionConfig { Turn = new TurnConfig { Patience = Patience.Learner } }));

        talk.Hush(700);
        Assert.Empty(talk.Client.Of<AsrFinal>());
        talk.HushUntil<AsrFinal>(limitMs: 200);
        talk.End();
    }

    [Theory]
    [InlineData("resume")] // This server keeps no sessions.
    [InlineData("ack")]
    [InlineData("opus")]
    public void FeatureThatArrivesLater_AnswersNotAvailable(string feature)
    {
        var talk = new SimulatedConversation();
        if (feature == "ack") { talk.Start(); }

        talk.Say(feature switch
        {
            "resume" => new SessionResume("s", "t", 1),
            "ack" => new FeedbackAck("i", FeedbackAction.Accepted),
            _ => new SessionStart(Config: new SessionConfig { Audio = new AudioConfig { Out = new AudioOutConfig { Codec = AudioCodec.Opus } } }),
        });

        Assert.Equal(ErrorCodes.NotAvailable, Assert.Single(talk.Client.Of<ErrorMessage>()).Code);
        talk.End();
    }

    [Fact]
    public void Ping_IsAnsweredBeforeAndAfterStart()
    {
        var talk = new SimulatedConversation().Say(new Ping(1.5)).Start().Say(new Ping(2.5));

        Assert.Equal([1.5, 2.5], talk.Client.Of<Pong>().Select(p => p.T));
        talk.End();
    }

    [Fact]
    public void End_IsAnsweredAndClosesTheLine()
    {
        var talk = new SimulatedConversation().Start().Say(new SessionEnd());

        Assert.Equal("client", Assert.Single(talk.Client.Of<SessionEnded>()).Reason);
        Assert.Equal(TransportCloseReason.Ended, talk.Client.Closed);
    }

    [Fact]
    public void Shutdown_WhileNobodySpeaks_TellsTheClientAndCloses()
    {
        var talk = new SimulatedConversation().Start().Hush(200);

        talk.Shutdown.Cancel();
        talk.Wait(100);

        Assert.Equal("shutdown", Assert.Single(talk.Client.Of<SessionEnded>()).Reason);
        Assert.Equal(TransportCloseReason.GoingAway, talk.Client.Closed);
    }

    [Fact]
    public void Shutdown_WhileTheAssistantSpeaks_LetsTheTurnEndFirst()
    {
        var talk = new SimulatedConversation().Start().Speak(600);
        talk.HushUntil<StateUpdate>(s => s.State == TurnState.Speaking);

        talk.Shutdown.Cancel();
        talk.Wait(100);
        Assert.Empty(talk.Client.Of<SessionEnded>());
        talk.Wait(6_000);

        Assert.Equal(talk.Engines.Chat.Texts[0], talk.Client.Of<AssistantTextDone>()[^1].HeardText);
        Assert.Equal("shutdown", Assert.Single(talk.Client.Of<SessionEnded>()).Reason);
    }

    [Fact]
    public void Shutdown_TurnDoesNotEnd_ClosesWhenItHasWaitedLongEnough()
    {
        var talk = new SimulatedConversation(e => e.Chat.HangsAfter = 3).Start().Speak(600);
        talk.HushUntil<StateUpdate>(s => s.State == TurnState.Thinking);

        talk.Shutdown.Cancel();
        talk.Wait(30_000);

        Assert.Equal("shutdown", Assert.Single(talk.Client.Of<SessionEnded>()).Reason);
    }

    [Fact]
    public void NoStart_WithinTheTimeout_ClosesTheLine()
    {
        var talk = new SimulatedConversation().Wait(31_000);

        Assert.True(talk.HasEnded);
        Assert.Equal(TransportCloseReason.PolicyViolation, talk.Client.Closed);
    }

    [Fact]
    public void Client_ThatDoesNotRead_IsLeftAfterTheSendTimeout()
    {
        var talk = new SimulatedConversation(options: new SessionOptions { SendTimeout = TimeSpan.FromSeconds(2) });
        talk.Client.SendDelay = token => Task.Delay(Timeout.InfiniteTimeSpan, talk.Scheduler.Clock, token);

        talk.Start().Wait(5_000);

        Assert.True(talk.HasEnded);
    }

    [Fact]
    public void Context_ReachesTheNextPrompt()
    {
        var talk = new SimulatedConversation().Start().Say(new ContextUpdate("slide", "Mitochondria make ATP.", "Biology", 3)).Say(new TextInput("explain"));

        talk.HushUntil<AssistantTextDone>();

        Assert.Contains("Mitochondria make ATP.", talk.Engines.Chat.Prompts[0][0].Text, StringComparison.Ordinal);
        talk.End();
    }
}
