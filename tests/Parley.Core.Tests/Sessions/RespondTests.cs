using Microsoft.Extensions.AI;
using Parley.Pipeline;
using Parley.Sessions;
using Parley.Testing.Sessions;
using Parley.Testing.Simulated;
using Parley.Transports.Protocol;
using Parley.Turns;

namespace Parley.Core.Tests.Sessions;

/// <summary>The client decides when the assistant answers, and whether aloud.</summary>
public sealed class RespondTests
{
    private const string Heard = "hello there my friend";

    private static SessionConfig ByHand => new() { Turn = new TurnConfig { Respond = false } };

    [Fact]
    public void Turn_AnsweredByHand_IsRememberedAndLeftAlone()
    {
        var talk = new SimulatedConversation().Start(ByHand).Hush(200).Speak(1_200);

        talk.HushUntil<AsrFinal>();
        talk.Hush(60_000);

        Assert.Equal([TurnState.Listening, TurnState.Thinking, TurnState.Idle], talk.Client.Of<StateUpdate>().Select(s => s.State));
        Assert.Empty(talk.Engines.Chat.Prompts);
        talk.End();
    }

    [Fact]
    public void Respond_AfterTheTurn_AnswersItInItsTurn()
    {
        var talk = new SimulatedConversation().Start(ByHand).Hush(200).Speak(1_200);
        talk.HushUntil<AsrFinal>();
        talk.Hush(2_000).Say(new Respond());

        var done = talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        Assert.Equal("t1", done.TurnId);
        Assert.Equal(Heard, talk.Engines.Chat.Prompts[0][^1].Text);
        // The client's two seconds are no latency of the server's.
        Assert.Null(Assert.Single(talk.Client.Of<TurnMetrics>()).FirstAudioMs);
        talk.End();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Respond_BeforeTheTurnIsUnderstood_WaitsForItsWords(bool whileSpeaking)
    {
        var talk = new SimulatedConversation(e => e.Asr.FinalLatency = TimeSpan.FromMilliseconds(500)).Start(ByHand).Hush(200).Speak(1_200);
        if (!whileSpeaking) { talk.HushUntil<StateUpdate>(s => s.State == TurnState.Thinking); }
        talk.Say(new Respond());
        Assert.Empty(talk.Engines.Chat.Prompts);

        var done = talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        Assert.Equal("t1", done.TurnId);
        Assert.Equal(Heard, Assert.Single(talk.Engines.Chat.Prompts)[^1].Text);
        Assert.NotNull(Assert.Single(talk.Client.Of<TurnMetrics>()).FirstAudioMs);
        talk.End();
    }

    [Fact]
    public void Respond_NothingWasUnderstood_IsAnsweredAllTheSame()
    {
        var talk = new SimulatedConversation(e => e.Asr.Texts = [""]).Start(ByHand).Hush(200).Speak(600).Say(new Respond());

        talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        Assert.Single(talk.Engines.Chat.Prompts);
        talk.End();
    }

    [Fact]
    public void Respond_WithoutATurn_TheAssistantGoesOnByItself()
    {
        var talk = new SimulatedConversation().Start().Say(new TextInput("hello"));
        talk.HushUntil<StateUpdate>(s => s.State == TurnState.Idle);

        talk.Say(new Respond());
        talk.HushUntil<AssistantTextDone>(m => m.GenerationId == 2 && m.HeardText == m.Text);

        Assert.Equal(["hello", talk.Engines.Chat.Texts[0]], talk.Engines.Chat.Prompts[1].Skip(1).Select(m => m.Text));
        talk.End();
    }

    [Fact]
    public void Respond_ReplyIsBeingSpoken_IsRefused()
    {
        var talk = new SimulatedConversation().Start().Say(new TextInput("hello"));
        talk.HushUntil<StateUpdate>(s => s.State == TurnState.Speaking);

        talk.Say(new Respond());

        Assert.Equal(ErrorCodes.ReplyActive, Assert.Single(talk.Client.Of<ErrorMessage>()).Code);
        talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);
        Assert.Single(talk.Engines.Chat.Prompts);
        talk.End();
    }

    [Fact]
    public void Respond_TwiceWhileTheUserSpeaks_TheSecondIsRefused()
    {
        var talk = new SimulatedConversation().Start(ByHand).Hush(200).Speak(600).Say(new Respond()).Say(new Respond());

        talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        Assert.Equal(ErrorCodes.ReplyActive, Assert.Single(talk.Client.Of<ErrorMessage>()).Code);
        Assert.Single(talk.Engines.Chat.Prompts);
        talk.End();
    }

    [Fact]
    public void Respond_InterruptedWhileItWaits_IsWithdrawn()
    {
        var talk = new SimulatedConversation().Start(ByHand).Hush(200).Speak(600).Say(new Respond()).Say(new Interrupt());

        talk.HushUntil<AsrFinal>();
        talk.Hush(1_000);

        Assert.Empty(talk.Engines.Chat.Prompts);
        talk.End();
    }

    [Fact]
    public void Respond_AllAudioHasLeft_CountsItAsHeardAndAnswers()
    {
        var talk = new SimulatedConversation(e => e.Chat.Texts = ["One two three four.", "Five."]).Start().Say(new TextInput("count"));
        talk.HushUntil<StateUpdate>(s => s.State == TurnState.Speaking);
        while (talk.Client.Packets[^1] is var last && last.SampleOffset + last.Samples.Length < 4 * SimulatedSynthesizer.WordSamples) { talk.Wait(20); }
        Assert.DoesNotContain(talk.Client.Of<AssistantTextDone>(), m => m.HeardText == m.Text);

        talk.Say(new Respond());

        Assert.Equal("One two three four.", talk.Client.Of<AssistantTextDone>().Last(m => m.GenerationId == 1).HeardText);
        Assert.Empty(talk.Client.Of<GenerationCancelled>());
        talk.HushUntil<AssistantTextDone>(m => m.GenerationId == 2 && m.HeardText == "Five.");
        Assert.Equal(["count", "One two three four."], talk.Engines.Chat.Prompts[1].Skip(1).Select(m => m.Text));
        talk.End();
    }

    [Fact]
    public void Respond_UserSpokeBeforeTheAnswerAndSaidNothing_AnswersTheirFirstWords()
    {
        var talk = new SimulatedConversation(e =>
        {
            e.Asr.Texts = [Heard, ""];
            e.Chat.FirstTokenLatency = TimeSpan.FromSeconds(3);
        }).Start().Hush(200).Speak(1_200);
        talk.HushUntil<AsrFinal>();
        talk.Speak(900).HushUntil<GenerationCancelled>();
        talk.HushUntil<StateUpdate>(s => s.State == TurnState.Idle);

        talk.Say(new Respond()).Wait(100);

        Assert.Equal(Heard, Assert.Single(talk.Engines.Chat.Prompts[1], m => m.Role == ChatRole.User).Text);
        talk.End();
    }

    [Fact]
    public void Text_AnsweredByHand_WaitsForRespond()
    {
        var talk = new SimulatedConversation().Start(ByHand).Say(new TextInput("hello")).Wait(1_000).Say(new TextInput("are you there?")).Wait(1_000);
        Assert.Empty(talk.Engines.Chat.Prompts);

        talk.Say(new Respond());

        Assert.Equal(["hello", "are you there?"], talk.Engines.Chat.Prompts[0].Skip(1).Select(m => m.Text));
        Assert.Equal("t2", talk.Client.Of<AssistantTextDelta>()[0].TurnId);
        talk.End();
    }

    [Fact]
    public void Speculation_AnsweredByHand_DraftsNothing()
    {
        var talk = new SimulatedConversation(e => e.Asr.Settled = [Heard], speculation: new SpeculationOptions()).Start(ByHand).Hush(200).Speak(1_200);

        talk.HushUntil<AsrFinal>();
        talk.Hush(500);

        Assert.Empty(talk.Engines.Chat.Prompts);
        talk.End();
    }

    [Fact]
    public void Respond_InAnotherWay_HoldsForThatReplyAlone()
    {
        var talk = new SimulatedConversation(e => e.Tts.Voices = ["first", "second"]).Start(ByHand with { Persona = "A pilot.", Voice = "first" });
        talk.Say(new TextInput("hello")).Say(new Respond("A whisperer.", Voice: "second", Tools: [new ClientTool("dance")], ToolChoice: ChatToolMode.RequireAny, MaxOutputTokens: 7));
        talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);
        talk.Say(new TextInput("hello again")).Say(new Respond());
        talk.HushUntil<AssistantTextDone>(m => m.GenerationId == 2 && m.HeardText == m.Text);

        var chat = talk.Engines.Chat;
        Assert.StartsWith("A whisperer.", chat.Prompts[0][0].Text, StringComparison.Ordinal);
        Assert.StartsWith("A pilot.", chat.Prompts[1][0].Text, StringComparison.Ordinal);
        Assert.Equal(["second", "first"], talk.Engines.Tts.Requests.Select(r => r.Voice).Distinct());
        Assert.Equal((7, ChatToolMode.RequireAny, "dance"), (chat.Options[0]!.MaxOutputTokens, chat.Options[0]!.ToolMode, Assert.Single(chat.Options[0]!.Tools!).Name));
        Assert.Equal((null, null, null), (chat.Options[1]!.MaxOutputTokens, chat.Options[1]!.ToolMode, chat.Options[1]!.Tools));
        talk.End();
    }

    [Fact]
    public void Respond_WithInput_AnswersThatAndIsRemembered()
    {
        var talk = new SimulatedConversation(e => e.Chat.Texts = ["Paris.", "And so on."]).Start(ByHand).Say(new TextInput("hello"));
        talk.Say(new Respond(Speech: false, Input: [new InputMessage(HistoryRole.System, "Be brief."), new InputMessage(HistoryRole.User, "The capital of France?")]));
        talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);
        talk.Say(new Respond()).Wait(100);

        Assert.Equal(["Be brief.", "The capital of France?"], talk.Engines.Chat.Prompts[0].Skip(1).Select(m => m.Text));
        Assert.Equal(["hello", "Paris."], talk.Engines.Chat.Prompts[1].Skip(1).Select(m => m.Text));
        talk.End();
    }

    [Fact]
    public void Respond_InAnotherWayAfterADraft_TheDraftIsNotUsed()
    {
        var talk = new SimulatedConversation(e => e.Asr.Settled = [Heard], speculation: new SpeculationOptions()).Start().Hush(200).Speak(1_200).Hush(300);
        Assert.Single(talk.Engines.Chat.Prompts);
        talk.Say(new Respond("A whisperer."));

        talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        Assert.Equal(2, talk.Engines.Chat.Prompts.Count);
        Assert.StartsWith("A whisperer.", talk.Engines.Chat.Prompts[1][0].Text, StringComparison.Ordinal);
        Assert.Single(talk.Client.Of<ReplyBegan>());
        talk.End();
    }

    [Fact]
    public void Respond_WithAnId_ReplyOrRefusalNamesIt()
    {
        var talk = new SimulatedConversation().Start(ByHand).Hush(200).Speak(600);

        talk.Say(new Respond(RequestId: "first")).Say(new Respond(RequestId: "second")).Say(new Respond(Voice: "nobody", RequestId: "third"));
        talk.Say(new Respond(Beside: true, RequestId: "fourth"));
        talk.HushUntil<ReplyBegan>(b => b.RequestId == "first");

        Assert.Equal([(ErrorCodes.ReplyActive, "second"), (ErrorCodes.BadField, "third")], talk.Client.Of<ErrorMessage>().Select(e => (e.Code, e.RequestId!)));
        Assert.Equal(["fourth", "first"], talk.Client.Of<ReplyBegan>().Select(b => b.RequestId!));
        talk.End();
    }

    [Fact]
    public void Respond_WithAnIdAfterADraft_TheDraftIsUsed()
    {
        var talk = new SimulatedConversation(e => e.Asr.Settled = [Heard], speculation: new SpeculationOptions()).Start().Hush(200).Speak(1_200).Hush(300);

        talk.Say(new Respond(RequestId: "first")).HushUntil<ReplyFinished>();

        Assert.Single(talk.Engines.Chat.Prompts);
        Assert.Equal("first", Assert.Single(talk.Client.Of<ReplyBegan>()).RequestId);
        talk.End();
    }

    [Fact]
    public void Respond_BeforeTheStart_RefusalNamesIt()
    {
        var talk = new SimulatedConversation().Say(new Respond(RequestId: "first"));

        Assert.Equal((ErrorCodes.NotStarted, "first"), (talk.Client.Of<ErrorMessage>()[0].Code, talk.Client.Of<ErrorMessage>()[0].RequestId));
        talk.End();
    }

    [Theory]
    [InlineData(true, "voice")]
    [InlineData(false, "tool_choice")]
    public void Respond_OfWhatIsNot_IsRefusedAndNamed(bool voice, string field)
    {
        var talk = new SimulatedConversation().Start(ByHand);

        talk.Say(voice ? new Respond(Voice: "nobody") : new Respond(ToolChoice: ChatToolMode.RequireSpecific("dance")));

        Assert.StartsWith($"{field}: ", Assert.Single(talk.Client.Of<ErrorMessage>()).Message, StringComparison.Ordinal);
        Assert.Empty(talk.Engines.Chat.Prompts);
        talk.End();
    }

    [Fact]
    public void Resume_TurnWaitsForRespond_IsNotAnsweredUntilThen()
    {
        var before = Kept().Start(ByHand).Hush(200).Speak(1_200);
        before.HushUntil<AsrFinal>();
        before.Client.Disconnect();
        before.Wait(1_000);

        var after = before.Resume().Hush(3_000);
        Assert.Empty(after.Engines.Chat.Prompts);
        after.Say(new Respond());
        var done = after.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        Assert.Equal("t1", done.TurnId);
        Assert.Equal(Heard, after.Engines.Chat.Prompts[0][^1].Text);
        after.End();
    }

    [Fact]
    public void Resume_RespondWaitedForTheTranscript_IsAnswered()
    {
        var before = Kept(e => e.Asr.FinalLatency = TimeSpan.FromMilliseconds(900)).Start(ByHand).Hush(200).Speak(1_200);
        before.HushUntil<StateUpdate>(s => s.State == TurnState.Thinking);
        before.Say(new Respond()).Client.Disconnect();
        before.Wait(3_000);

        var after = before.Resume();
        after.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        Assert.Equal(Heard, after.Engines.Chat.Prompts[^1][^1].Text);
        after.End();
    }

    [Fact]
    public void Speech_Off_RepliesAreTextOnly()
    {
        var talk = new SimulatedConversation().Start(new SessionConfig { Speech = false }).Say(new TextInput("hello"));

        var done = talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        Assert.Equal(talk.Engines.Chat.Texts[0], done.Text);
        Assert.Equal(done.Text, string.Concat(talk.Client.Of<AssistantTextDelta>().Select(d => d.Text)));
        Assert.Equal(0, Assert.Single(talk.Client.Of<AudioEnded>()).Samples);
        Assert.Empty(talk.Client.Packets);
        Assert.Empty(talk.Client.Of<VisemeTimeline>());
        Assert.Empty(talk.Client.Of<Degraded>());
        Assert.Equal([TurnState.Thinking, TurnState.Idle], talk.Client.Of<StateUpdate>().Select(s => s.State));
        talk.End();
    }

    [Fact]
    public void Speech_TurnedOffAndOn_HoldsFromTheNextReplyOn()
    {
        var talk = new SimulatedConversation().Start().Say(new TextInput("one"));
        talk.Wait(500).Say(new SessionUpdate(new SessionConfig { Speech = false }));
        talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);
        talk.Say(new TextInput("two")).Wait(100);
        talk.Say(new SessionUpdate(new SessionConfig { Speech = true })).Say(new TextInput("three"));
        talk.HushUntil<AssistantTextDone>(m => m.GenerationId == 3 && m.HeardText == m.Text);

        Assert.Equal([1u, 3u], talk.Client.Packets.Select(p => p.GenerationId).Distinct());
        talk.End();
    }

    [Fact]
    public void Speed_Changed_HoldsFromTheNextReplyOn()
    {
        var talk = new SimulatedConversation(e => e.Chat.Texts = ["One two three. Four five six seven eight nine ten."]).Start(new SessionConfig { Speed = 0.5 });
        talk.Say(new TextInput("count")).Wait(100).Say(new SessionUpdate(new SessionConfig { Speed = 2 }));
        talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text, limitMs: 20_000);
        talk.Say(new TextInput("again")).HushUntil<AssistantTextDone>(m => m.GenerationId == 2 && m.HeardText == m.Text);

        Assert.Equal([0.5, 2], talk.Engines.Tts.Requests.Select(r => r.Speed).Distinct());
        Assert.Equal([2 * 10 * SimulatedSynthesizer.WordSamples, 10 * SimulatedSynthesizer.WordSamples / 2], talk.Client.Of<AudioEnded>().Select(e => e.Samples));
        talk.End();
    }

    [Fact]
    public void Speech_OffAndInterrupted_WhatWasSentIsRemembered()
    {
        var talk = new SimulatedConversation(e =>
        {
            e.Chat.Texts = ["One two three four five."];
            e.Chat.TokenInterval = TimeSpan.FromMilliseconds(200);
        }).Start(new SessionConfig { Speech = false }).Say(new TextInput("count")).Wait(450);

        talk.Say(new TextInput("stop")).Wait(100);

        Assert.Equal("One two three", Assert.Single(talk.Client.Of<GenerationCancelled>()).HeardText);
        Assert.Equal(["count", "One two three—", "stop"], talk.Engines.Chat.Prompts[1].Skip(1).Select(m => m.Text));
        talk.End();
    }

    [Fact]
    public void Speech_Off_TheConversationIsResumed()
    {
        var before = Kept(e =>
        {
            e.Chat.Texts = ["One two three.", "Four."];
            e.Chat.TokenInterval = TimeSpan.FromMilliseconds(200);
        }).Start(new SessionConfig { Speech = false }).Say(new TextInput("count")).Wait(250);
        before.Client.Disconnect();
        before.Wait(500);

        var after = before.Resume();
        var done = after.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        Assert.Equal(("Four.", 2u), (done.Text, done.GenerationId));
        Assert.Equal(1u, Assert.Single(after.Client.Of<GenerationCancelled>()).GenerationId);
        Assert.Empty(after.Client.Packets);
        after.End();
    }

    private static SimulatedConversation Kept(Action<SimulatedEngines>? engines = null) =>
        new(engines, new SessionOptions { ResumeWindow = TimeSpan.FromMinutes(10) }, keepsSessions: true);
}
