using Parley.Testing.Sessions;
using Parley.Testing.Simulated;
using Parley.Transports.Protocol;
using Parley.Turns;

namespace Parley.Core.Tests.Sessions;

public sealed class TurnTests
{
    [Fact]
    public void Turn_SpokenThenSilence_IsAnsweredAloud()
    {
        var talk = new SimulatedConversation().Start().Hush(200).Speak(1_200);

        talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        var final = Assert.Single(talk.Client.Of<AsrFinal>());
        Assert.Equal("hello there my friend", final.Text);
        var done = talk.Client.Of<AssistantTextDone>()[^1];
        Assert.Equal(talk.Engines.Chat.Texts[0], done.Text);
        Assert.Equal(
            [TurnState.Listening, TurnState.Thinking, TurnState.Speaking, TurnState.Idle], talk.Client.Of<StateUpdate>().Select(s => s.State));
        var words = done.Text.Split(' ').Length;
        Assert.Equal(words * SimulatedSynthesizer.WordSamples, talk.Client.Packets.Sum(p => p.Samples.Length));
        talk.End();
    }

    [Fact]
    public void Turn_EngineLatenciesKnown_TimingsAreExactAndOverheadIsZero()
    {
        var talk = new SimulatedConversation(e =>
        {
            e.Asr.FinalLatency = TimeSpan.FromMilliseconds(70);
            e.Chat.FirstTokenLatency = TimeSpan.FromMilliseconds(120);
            e.Chat.TokenInterval = TimeSpan.FromMilliseconds(10);
            e.Tts.FirstAudioLatency = TimeSpan.FromMilliseconds(40);
        }).Start().Hush(200).Speak(1_200);

        var metrics = talk.HushUntil<TurnMetrics>();

        Assert.Equal(400, metrics.EndpointMs);
        Assert.Equal(470, metrics.AsrFinalMs);
        Assert.Equal(120, metrics.ReplyFirstTokenMs);
        Assert.Equal(40, metrics.TtsFirstAudioMs);
        Assert.Equal(0, metrics.OverheadMs);
        Assert.True(metrics.FirstAudioMs >= 400 + 70 + 120 + 40, $"first audio after {metrics.FirstAudioMs} ms");
        talk.End();
    }

    [Fact]
    public void Turn_PreRoll_ReachesTheRecognizer()
    {
        var talk = new SimulatedConversation().Start().Hush(1_000).Speak(600);

        var final = talk.HushUntil<AsrFinal>();

        // 0.5 s before the speech, the speech, and the silence until the turn ended.
        Assert.Equal(500 + 600 + 400, final.Words[^1].EndMs, tolerance: 60);
        talk.End();
    }

    [Fact]
    public void Audio_RunsAtMostTheLeadAheadOfPlayback()
    {
        var talk = new SimulatedConversation().Start().Hush(100).Speak(600);
        talk.HushUntil<StateUpdate>(s => s.State == TurnState.Speaking);
        var began = talk.Scheduler.Clock.Elapsed;

        talk.Wait(1_000);

        var sent = talk.Client.Packets[^1].SampleOffset + talk.Client.Packets[^1].Samples.Length;
        var elapsed = (talk.Scheduler.Clock.Elapsed - began).TotalSeconds;
        Assert.InRange(sent / 16_000.0, elapsed + 0.38, elapsed + 0.44);
        talk.End();
    }

    [Fact]
    public void Visemes_AreSentBeforeTheAudioTheyBelongTo()
    {
        var talk = new SimulatedConversation().Start().Hush(100).Speak(600);
        talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        long covered = 0;
        foreach (var item in talk.Client.All)
        {
            if (item is VisemeTimeline v) { covered = v.Items.Max(i => i.StartSample + i.DurationSamples); }
            if (item is Parley.Transports.AudioPacket p) { Assert.True(p.SampleOffset + p.Samples.Length <= covered, $"audio at {p.SampleOffset} has no mouth"); }
        }
        Assert.True(covered > 0);
        talk.End();
    }

    [Fact]
    public void Words_AreSentBeforeTheirAudio_WithTheirPlaceInTheText()
    {
        var talk = new SimulatedConversation(e => e.Chat.Texts = ["**Two** teas, please. And a *very* large cake!"]).Start().Hush(100).Speak(600);
        var done = talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        var words = talk.Client.Of<VisemeTimeline>().SelectMany(v => v.Words ?? []).ToList();

        Assert.Equal(["Two", "teas", "please", "And", "a", "very", "large", "cake"], words.Select(w => done.Text[w.TextStart..w.TextEnd]));
        Assert.Equal(Enumerable.Range(0, 8).Select(i => (long)i * SimulatedSynthesizer.WordSamples), words.Select(w => w.StartSample));
        Assert.All(words, w => Assert.Equal(SimulatedSynthesizer.WordSamples, w.DurationSamples));
        var told = 0L;
        foreach (var item in talk.Client.All)
        {
            if (item is VisemeTimeline { Words: { } heard }) { told = heard.Max(w => w.StartSample); }
            if (item is Parley.Transports.AudioPacket p) { Assert.True(words.Last(w => w.StartSample <= p.SampleOffset).StartSample <= told, $"the word at {p.SampleOffset} is not told"); }
        }
        talk.End();
    }

    [Fact]
    public void Messages_CarryTheSessionAndARisingSequence()
    {
        var talk = new SimulatedConversation().Start().Hush(100).Speak(600);
        talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        Assert.All(talk.Client.Messages, m => Assert.Equal("id1", m.SessionId));
        Assert.Equal(Enumerable.Range(1, talk.Client.Messages.Count).Select(i => (long)i), talk.Client.Messages.Select(m => m.Seq));
        talk.End();
    }

    [Fact]
    public void Turn_NothingUnderstood_GoesBackToIdleWithoutAReply()
    {
        var talk = new SimulatedConversation(e => e.Asr.Texts = [""]).Start().Speak(600);

        talk.HushUntil<StateUpdate>(s => s.State == TurnState.Idle);

        Assert.Empty(talk.Engines.Chat.Prompts);
        Assert.Empty(talk.Client.Of<AsrFinal>());
        talk.End();
    }

    [Fact]
    public void Opening_WithAScenario_TheAssistantSpeaksFirst()
    {
        var talk = new SimulatedConversation().Start(new SessionConfig { Scenario = "cafe" });

        talk.HushUntil<AssistantTextDone>();

        Assert.Empty(talk.Client.Of<AsrFinal>());
        Assert.DoesNotContain(talk.Engines.Chat.Prompts[0], m => m.Role == Microsoft.Extensions.AI.ChatRole.User);
        talk.End();
    }

    [Fact]
    public void Silence_InAScenario_TheAssistantHelpsTwiceAndThenWaits()
    {
        var talk = new SimulatedConversation().Start(new SessionConfig { Scenario = "cafe" });

        talk.Hush(120_000);

        Assert.Equal(3, talk.Engines.Chat.Prompts.Count);
        talk.End();
    }

    [Fact]
    public void Silence_WithoutAScenario_IsLeftAlone()
    {
        var talk = new SimulatedConversation().Start().Hush(60_000);

        Assert.Empty(talk.Engines.Chat.Prompts);
        talk.End();
    }

    [Fact]
    public void SecondTurn_PromptHoldsWhatBothSidesSaid()
    {
        var talk = new SimulatedConversation(e => e.Chat.Texts = ["First answer.", "Second answer."]).Start().Speak(600);
        talk.HushUntil<AssistantTextDone>(m => m.HeardText == "First answer.");
        talk.HushUntil<StateUpdate>(s => s.State == TurnState.Idle);

        talk.Speak(600).HushUntil<AssistantTextDone>(m => m.HeardText == "Second answer.");

        Assert.Equal(
            ["hello there my friend", "First answer.", "hello there my friend"],
            talk.Engines.Chat.Prompts[1].Skip(1).Select(m => m.Text));
        talk.End();
    }
}
