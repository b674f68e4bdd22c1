using Microsoft.Extensions.AI;
using Parley.Sessions;
using Parley.Testing.Sessions;
using Parley.Testing.Simulated;
using Parley.Transports.Protocol;
using Parley.Turns;

namespace Parley.Core.Tests.Sessions;

/// <summary>A line breaks; the client comes back with its token and finds the conversation where it was.</summary>
public sealed class ResumeTests
{
    private static readonly SessionOptions s_options = new() { ResumeWindow = TimeSpan.FromMinutes(10) };

    [Fact]
    public void Resume_InMidSentence_GoesOnAtTheSampleWhereTheListenerWas()
    {
        var before = Speaking();
        before.Say(new Playback(1, 20_000)).Wait(100);
        before.Client.Disconnect();
        before.Wait(5_000);

        var after = before.Resume();
        var done = after.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        Assert.Equal(before.Engines.Chat.Texts[0], done.Text);
        Assert.Single(before.Engines.Chat.Prompts);
        var packets = after.Client.Packets;
        Assert.All(packets, p => Assert.Equal(1u, p.GenerationId));
        Assert.Equal(20_000, packets[0].SampleOffset);
        Assert.Equal(Words(done.Text) * SimulatedSynthesizer.WordSamples, packets[^1].SampleOffset + packets[^1].Samples.Length);
        for (var i = 1; i < packets.Count; i++) { Assert.Equal(packets[i - 1].SampleOffset + packets[i - 1].Samples.Length, packets[i].SampleOffset); }
        End(after);
    }

    [Fact]
    public void Resume_InMidSentence_TheAudioIsTheSameAsWithoutABreak()
    {
        var whole = Speaking();
        whole.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);
        var before = Speaking();
        before.Say(new Playback(1, 20_000)).Wait(100);
        before.Client.Disconnect();
        before.Wait(1_000);
        var after = before.Resume();
        after.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        short[] expected = [.. whole.Client.Packets.SelectMany(p => p.Samples.ToArray()).Skip(20_000)];
        Assert.Equal(expected, after.Client.Packets.SelectMany(p => p.Samples.ToArray()));
        End(whole, after);
    }

    [Fact]
    public void Resume_MessagesWereMissed_ComeAgainInTheirOrderUnderTheirNumbers()
    {
        var before = Speaking();
        before.Client.Disconnect();
        before.Wait(1_000);

        var after = before.Resume(lastSeq: 3);
        after.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        var ready = Assert.Single(after.Client.Of<SessionReady>());
        Assert.True(ready.Resumed);
        Assert.Equal(3, ready.Seq);
        Assert.NotEqual(before.Client.Of<SessionReady>()[0].ResumeToken, ready.ResumeToken);
        var later = after.Client.Messages.Skip(1).ToList();
        Assert.Equal(later.Select(m => m.Seq).Order(), later.Select(m => m.Seq));
        Assert.Equal(later.Count, later.Select(m => m.Seq).Distinct().Count());
        var missed = before.Client.Messages.Where(m => m.Seq > 3 && m is not (VisemeTimeline or SegmentBegan or AudioEnded)).ToList();
        Assert.NotEmpty(missed);
        Assert.Equal(missed, later.Take(missed.Count));
        Assert.All(later, m => Assert.Equal(ready.SessionId, m.SessionId));
        End(after);
    }

    [Fact]
    public void Resume_ReplyWasCutByItsLength_SaysSoAtItsEnd()
    {
        var before = Kept(e =>
        {
            e.Chat.Finish = ChatFinishReason.Length;
            e.Chat.Usage = new UsageDetails { InputTokenCount = 412, OutputTokenCount = 50 };
        }).Start().Say(new TextInput("hello")).Wait(1_500);
        Assert.Equal(ReplyCut.MaxOutputTokens, Assert.Single(before.Client.Of<AssistantTextDone>()).Cut);
        before.Client.Disconnect();
        before.Wait(1_000);

        var after = before.Resume();
        var done = after.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        Assert.Equal((ReplyCut.MaxOutputTokens, new TokenUsage(412, 50, 462)), (done.Cut, done.Usage));
        End(after);
    }

    [Fact]
    public void Resume_TurnHadNoAnswerYet_IsAnswered()
    {
        var before = Kept(e => e.Chat.FirstTokenLatency = TimeSpan.FromSeconds(2)).Start().Hush(200).Speak(1_200);
        before.HushUntil<AsrFinal>();
        before.Client.Disconnect();
        before.Wait(500);

        var after = before.Resume();
        var done = after.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        Assert.Equal("t1", done.TurnId);
        Assert.Equal("hello there my friend", after.Engines.Chat.Prompts[^1][^1].Text);
        Assert.Single(after.Engines.Chat.Prompts[^1], m => m.Text == "hello there my friend");
        End(after);
    }

    [Fact]
    public void Resume_FinalTranscriptWasStillComing_TheTurnIsNotLost()
    {
        var before = Kept(e => e.Asr.FinalLatency = TimeSpan.FromMilliseconds(900)).Start().Hush(200).Speak(1_200);
        before.HushUntil<StateUpdate>(s => s.State == TurnState.Thinking);
        before.Client.Disconnect();
        before.Wait(3_000);

        var after = before.Resume();
        after.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        Assert.Equal("hello there my friend", after.Engines.Chat.Prompts[^1][^1].Text);
        End(after);
    }

    [Fact]
    public void Resume_ModelWasStillWriting_IsAskedToGoOnAfterItsLastWord()
    {
        var before = Kept(e =>
        {
            e.Chat.Texts = ["One two three four five six seven. Eight nine ten eleven twelve.", "And that was all."];
            e.Chat.TokenInterval = TimeSpan.FromMilliseconds(250);
        }).Start().Say(new TextInput("count"));
        before.HushUntil<AssistantTextDelta>(d => d.Text == " nine");
        before.Say(new Playback(1, 10_000));
        before.Client.Disconnect();
        before.Wait(1_000);

        var after = before.Resume();
        var done = after.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        Assert.StartsWith("One two three four five six seven. Eight nine", done.Text, StringComparison.Ordinal);
        Assert.EndsWith("And that was all.", done.Text, StringComparison.Ordinal);
        Assert.StartsWith("One two three", after.Engines.Chat.Prompts[^1][^2].Text, StringComparison.Ordinal);
        Assert.Equal(10_000, after.Client.Packets[0].SampleOffset);
        End(after);
    }

    [Fact]
    public void Resume_NobodySpoke_TheConversationIsRemembered()
    {
        var before = Kept().Start().Say(new ContextUpdate("page", "The mitochondrion.")).Hush(200).Speak(1_200);
        before.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);
        before.Hush(400).Client.Disconnect();
        before.Wait(60_000);

        var after = before.Resume().Say(new TextInput("and now?"));
        after.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        var prompt = after.Engines.Chat.Prompts[^1];
        Assert.Contains("mitochondrion", prompt[0].Text, StringComparison.Ordinal);
        Assert.Equal(["hello there my friend", after.Engines.Chat.Texts[0], "and now?"], prompt.Skip(1).Select(m => m.Text));
        Assert.Equal("t2", after.Client.Of<AssistantTextDone>()[^1].TurnId);
        Assert.Equal(2u, after.Client.Of<AssistantTextDone>()[^1].GenerationId);
        End(after);
    }

    [Fact]
    public void Resume_OldLineStillOpen_IsTakenOver()
    {
        var before = Speaking();

        var after = before.Resume();
        after.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        Assert.True(before.HasEnded);
        Assert.True(after.Client.Of<SessionReady>()[0].Resumed);
        End(after);
    }

    [Fact]
    public void Resume_Twice_GoesOnEachTime()
    {
        var talk = Speaking();
        for (var i = 1; i <= 3; i++)
        {
            talk.Say(new Playback(1, 8_000 * i)).Wait(100);
            talk.Client.Disconnect();
            talk.Wait(1_000);
            talk = talk.Resume();
            talk.Wait(100);
            Assert.Equal(8_000 * i, talk.Client.Packets[0].SampleOffset);
        }
        talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);
        Assert.Single(talk.Engines.Chat.Prompts);
        End(talk);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("")]
    [InlineData("used")]
    [InlineData("of another session")]
    public void Resume_TokenIsWrong_IsRefusedAlikeAndTheSessionRunsOn(string which)
    {
        var other = Speaking();
        var talk = other.Reconnect().Start();
        talk.Say(new TextInput("hello")).Wait(500);
        var token = which switch
        {
            "used" => talk.Client.Of<SessionReady>()[0].ResumeToken,
            "of another session" => other.Client.Of<SessionReady>()[0].ResumeToken,
            _ => which,
        };
        if (which == "used")
        {
            talk.Client.Disconnect();
            talk.Wait(500);
            talk = talk.Resume(token: token);
            talk.Wait(100);
        }

        var intruder = talk.Reconnect().Say(new SessionResume(talk.Session.Id, token, 0));

        var error = Assert.Single(intruder.Client.Of<ErrorMessage>());
        Assert.Equal((ErrorCodes.BadToken, "The token does not resume this session: start a new one."), (error.Code, error.Message));
        Assert.Single(intruder.Client.Messages);
        Assert.False(talk.HasEnded);
        End(talk, other, intruder);
    }

    [Fact]
    public void Resume_TokenIsExpired_IsRefused()
    {
        var before = Speaking();
        before.Client.Disconnect();
        before.Wait(10 * 60_000 + 5_000);

        var after = before.Resume();

        Assert.Equal(ErrorCodes.BadToken, Assert.Single(after.Client.Of<ErrorMessage>()).Code);
        End(after);
    }

    [Fact]
    public void Resume_LongSession_TheTokenExpiresAfterTheBreakNotAfterTheStart()
    {
        var before = Kept().Start();
        before.Wait(60 * 60_000);
        before.Client.Disconnect();
        before.Wait(9 * 60_000);

        var after = before.Resume();

        Assert.True(Assert.Single(after.Client.Of<SessionReady>()).Resumed);
        End(after);
    }

    [Fact]
    public void Resume_SessionEndedAsAgreed_IsRefused()
    {
        var before = Kept().Start().Say(new SessionEnd());
        before.Wait(5_000);

        var after = before.Resume();

        Assert.Equal(ErrorCodes.BadToken, Assert.Single(after.Client.Of<ErrorMessage>()).Code);
        End(after);
    }

    [Fact]
    public void Resume_UnknownSession_IsRefused()
    {
        var talk = Kept().Say(new SessionResume("no-such-session", "token", 0));

        Assert.Equal(ErrorCodes.UnknownSession, Assert.Single(talk.Client.Of<ErrorMessage>()).Code);
        Assert.Empty(talk.Start().Client.Of<ErrorMessage>().Skip(1));
        End(talk);
    }

    [Fact]
    public void Resume_LastSeqBeyondWhatWasStored_GoesOnAfterIt()
    {
        var before = Speaking();
        before.Client.Disconnect();
        before.Wait(500);

        var after = before.Resume(lastSeq: long.MaxValue);
        after.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        Assert.True(after.Client.Messages[1].Seq > before.Client.Messages.Max(m => m.Seq));
        Assert.True(after.Client.Messages[^1].Seq < 10_000);
        End(after);
    }

    [Fact]
    public void Resume_SessionRunsAlready_IsRefused()
    {
        var talk = Speaking();

        talk.Say(new SessionResume(talk.Session.Id, talk.Client.Of<SessionReady>()[0].ResumeToken, 0));

        Assert.Equal(ErrorCodes.AlreadyStarted, Assert.Single(talk.Client.Of<ErrorMessage>()).Code);
        End(talk);
    }

    private static SimulatedConversation Kept(Action<SimulatedEngines>? engines = null) => new(engines, s_options, keepsSessions: true);

    /// <summary>A reply is being heard.</summary>
    private static SimulatedConversation Speaking()
    {
        var talk = Kept().Start().Say(new TextInput("hello"));
        return talk.Wait(1_500);
    }

    private static int Words(string text) => text.Split(' ').Length;

    private static void End(params SimulatedConversation[] talks)
    {
        // They may share their engines.
        foreach (var talk in talks) { talk.End(); }
        foreach (var talk in talks)
        {
            Assert.True(talk.HasEnded);
            Assert.Equal(0, talk.Engines.Asr.OpenStreams);
            Assert.Equal(0, talk.Engines.Tts.Active);
        }
    }
}
