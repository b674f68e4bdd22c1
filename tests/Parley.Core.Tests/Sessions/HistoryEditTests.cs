using Microsoft.Extensions.AI;
using Parley.Testing.Sessions;
using Parley.Testing.Simulated;
using Parley.Transports.Protocol;

namespace Parley.Core.Tests.Sessions;

public sealed class HistoryEditTests
{
    [Fact]
    public void Add_ThenATurn_TheModelReadsItInItsPlace()
    {
        var talk = Answered().Say(new HistoryAdd("a", HistoryRole.User, "I am a vegetarian.")).Say(new HistoryAdd("b", HistoryRole.System, "Be brief.", After: "t1"));

        var prompt = Ask(talk);

        Assert.Equal(["hello", "Be brief.", Reply, "I am a vegetarian.", "and now?"], prompt.Skip(1).Select(m => m.Text));
        Assert.Equal(ChatRole.System, prompt[2].Role);
        talk.End();
    }

    [Fact]
    public void Add_AfterNothing_ItIsTheFirst()
    {
        var talk = Answered().Say(new HistoryAdd("a", HistoryRole.Assistant, "Welcome.", After: ""));

        Assert.Equal("Welcome.", Ask(talk)[1].Text);
        talk.End();
    }

    [Theory]
    [InlineData("a", "t9")]
    [InlineData("t1", null)]
    public void Add_UnknownPlaceOrTakenName_IsRefused(string id, string? after)
    {
        var talk = Answered().Say(new HistoryAdd(id, HistoryRole.User, "Hm.", after));

        Assert.Equal(ErrorCodes.UnknownItem, Assert.Single(talk.Client.Of<ErrorMessage>()).Code);
        Assert.Equal(3, Ask(talk).Count - 1);
        talk.End();
    }

    [Theory]
    [InlineData("t1", Reply)]
    [InlineData("g1", "hello")]
    public void Remove_WhatTheConversationMade_IsForgotten(string id, string left)
    {
        var talk = Answered().Say(new HistoryRemove(id));

        Assert.Equal([left, "and now?"], Ask(talk).Skip(1).Select(m => m.Text));
        talk.End();
    }

    [Fact]
    public void Remove_Unknown_IsRefused()
    {
        var talk = Answered().Say(new HistoryRemove("g7"));

        Assert.Equal(ErrorCodes.UnknownItem, Assert.Single(talk.Client.Of<ErrorMessage>()).Code);
        talk.End();
    }

    [Fact]
    public void Playback_StoppedAfterTheReplyWasOver_OnlyWhatWasHeardIsRemembered()
    {
        var talk = Answered();
        var word = SimulatedSynthesizer.WordSamples;

        talk.Say(new Playback(1, 2 * word, PlaybackState.Stopped));

        Assert.Equal(["hello", "One two—", "and now?"], Ask(talk).Skip(1).Select(m => m.Text));
        talk.End();
    }

    [Fact]
    public void Playback_StoppedBeforeAnythingWasHeard_TheReplyIsForgotten()
    {
        var talk = Answered().Say(new Playback(1, 0, PlaybackState.Stopped));

        Assert.Equal(["hello", "and now?"], Ask(talk).Skip(1).Select(m => m.Text));
        talk.End();
    }

    [Theory]
    [InlineData(PlaybackState.Playing)]
    [InlineData(PlaybackState.Finished)]
    public void Playback_LateButNotStopped_ChangesNothing(PlaybackState state)
    {
        var talk = Answered().Say(new Playback(1, 3_200, state));

        Assert.Equal(Reply, Ask(talk)[2].Text);
        talk.End();
    }

    [Fact]
    public void Playback_StoppedAfterACancelledReply_TheClientsPositionCounts()
    {
        var talk = new SimulatedConversation(e => e.Chat.Texts = [Reply, "Fine."]).Start().Say(new TextInput("hello"));
        talk.HushUntil<SegmentBegan>();
        talk.Hush(700).Say(new Interrupt());
        var word = SimulatedSynthesizer.WordSamples;
        var estimated = talk.Client.Of<GenerationCancelled>()[0];

        talk.Say(new Playback(1, word, PlaybackState.Stopped));

        Assert.True(estimated.HeardSamples > word, $"{estimated.HeardSamples}");
        Assert.Equal("One—", Ask(talk)[2].Text);
        talk.End();
    }

    [Fact]
    public void Edits_SessionIsResumed_StillHold()
    {
        var talk = Answered(keepsSessions: true).Say(new HistoryAdd("a", HistoryRole.User, "I am a vegetarian.", After: "")).Say(new HistoryRemove("t1"))
            .Say(new Playback(1, 2 * SimulatedSynthesizer.WordSamples, PlaybackState.Stopped));
        talk.Client.Disconnect();
        talk.Wait(500);

        var again = talk.Resume();

        Assert.Equal(["I am a vegetarian.", "One two—", "and now?"], Ask(again).Skip(1).Select(m => m.Text));
        again.End();
    }

    private const string Reply = "One two three four five six.";

    private static SimulatedConversation Answered(bool keepsSessions = false)
    {
        var talk = new SimulatedConversation(e => e.Chat.Texts = [Reply, "Fine."], keepsSessions: keepsSessions).Start().Say(new TextInput("hello"));
        talk.HushUntil<ReplyFinished>();
        return talk;
    }

    private static IReadOnlyList<ChatMessage> Ask(SimulatedConversation talk)
    {
        talk.Say(new TextInput("and now?"));
        talk.HushUntil<ReplyFinished>(r => r.GenerationId == 2);
        return talk.Engines.Chat.Prompts[^1];
    }
}
