using Parley.Diagnostics;
using Parley.Replies;
using Parley.Time;
using Parley.Tutor;

namespace Parley.Core.Tests.Tutor;

/// <summary>How the tutor treats a learner, turn by turn.</summary>
public sealed class TutorChatClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reply_NoUserMessage_GreetsAndAsksTheFirstQuestion()
    {
        var session = TutorSession.Start("cafe");
        var reply = await session.OpenAsync();
        Assert.EndsWith("?", reply, StringComparison.Ordinal);
        Assert.Equal("drink", session.Node);
        Assert.InRange(session.Offered.Count, 2, 4);
    }

    [Fact]
    public async Task Stream_FirstUpdate_CarriesSuggestionsEmotionAndStateBeforeAnyText()
    {
        using var client = new TutorChatClient();
        var updates = await client.GetStreamingResponseAsync([], null, Cancellation).ToListAsync(Cancellation);

        Assert.Empty(updates[0].Text);
        var suggestions = Assert.Single(updates[0].Contents.OfType<SuggestionsContent>());
        Assert.Equal("happy", Assert.Single(updates[0].Contents.OfType<EmotionContent>()).Emotion);
        Assert.IsType<string>(updates[0].AdditionalProperties![ReplyProperties.State]);
        Assert.Equal(true, updates[0].AdditionalProperties![TutorChatClient.Scripted]);
        Assert.All(suggestions.Items, item => Assert.Contains(item.Text, suggestions.Hints.Answers));
        Assert.InRange(suggestions.Hints.Answers.Count, suggestions.Items.Count, 80);
        Assert.True(suggestions.Hints.AllowOther);
        Assert.True(suggestions.Hints.Sentences.Count > suggestions.Items.Count);
    }

    [Theory]
    [InlineData("a latte please", "latte")]
    [InlineData("could i have a capuccino", "cappuccino")]
    [InlineData("uh i would like to drink some green tea", "green tea")]
    [InlineData("orange juice", "orange juice")]
    [InlineData("I'll have an expresso", "espresso")]
    public async Task Reply_DrinkSaidInAnyWay_FillsTheSlot(string said, string drink)
    {
        var session = TutorSession.Start("cafe");
        await session.OpenAsync();
        await session.SayAsync(said);
        Assert.Equal("size", session.Node);
        Assert.Contains($"\"drink\":\"{drink}\"", session.State, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hotel", "wake", "could you wake me at half past six", "half past six")]
    [InlineData("hotel", "wake", "seven thirty please", "seven thirty")]
    [InlineData("airport", "bags", "i have two suitcases", "two")]
    [InlineData("phone", "number", "it is five five five zero one two three", "five five five zero one two three")]
    [InlineData("smalltalk", "name", "my name is yuki", "Yuki")]
    [InlineData("cafe", "name", "I'm Kim", "Kim")]
    [InlineData("hotel", "nights", "I stay three nights", "three nights")]
    [InlineData("interview", "about", "I work as a tram driver", "tram driver")]
    public async Task Reply_NumbersNamesAndTimes_FillTheirSlots(string scenario, string node, string said, string value)
    {
        var session = TutorSession.Start(scenario);
        await session.OpenAsync();
        session.History[^1].AdditionalProperties![ReplyProperties.State] = $$"""{"s":"{{scenario}}","n":"{{node}}","t":1}""";
        await session.SayAsync(said);
        Assert.NotEqual(node, session.Node);
        Assert.Contains($"\"{value}\"", session.State, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("I don't want a coffee")]
    [InlineData("could i have a purple elephant please")]
    public async Task Reply_NoOfferedAnswer_DoesNotPretend(string said)
    {
        var session = TutorSession.Start("cafe");
        await session.OpenAsync();
        var reply = await session.SayAsync(said);
        Assert.Equal("drink", session.Node);
        Assert.Contains(said[1..], reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reply_SlipInTheSentence_IsRecast()
    {
        var session = TutorSession.Start("airport");
        await session.OpenAsync();
        Assert.Contains("you want to go to London", await session.SayAsync("I want go to London"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reply_AnswerInOtherWords_IsGivenBack()
    {
        var session = TutorSession.Start("cafe");
        await session.OpenAsync();
        Assert.Contains("you'd like an espresso", await session.SayAsync("hmm espresso for me today"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("help me please")]
    [InlineData("I don't know")]
    public async Task Reply_LearnerIsStuck_GetsAHintThenAnAnswerThenMovesOn(string said)
    {
        var session = TutorSession.Start("cafe");
        await session.OpenAsync();
        Assert.Contains("Think of a drink", await session.SayAsync(said), StringComparison.Ordinal);
        Assert.Contains(session.Offered[0].Text, await session.SayAsync(said), StringComparison.Ordinal);
        Assert.Equal("drink", session.Node);
        await session.SayAsync(said);
        Assert.Equal("size", session.Node);
    }

    [Fact]
    public async Task Reply_OffTopicTwice_AsksMoreEasilyWithAnAnswerReadAloud()
    {
        var session = TutorSession.Start("cafe");
        await session.OpenAsync();
        await session.SayAsync("seventeen penguins dance");
        var reply = await session.SayAsync("purple umbrellas everywhere");
        Assert.Contains("Coffee or tea?", reply, StringComparison.Ordinal);
        Assert.Contains(session.Offered[0].Text, reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reply_SilenceForLong_NeverMovesOn()
    {
        var session = TutorSession.Start("cafe");
        await session.OpenAsync();
        for (var i = 0; i < 6; i++) { Assert.NotEmpty(await session.SayAsync("")); }
        Assert.Equal("drink", session.Node);
    }

    [Fact]
    public async Task Reply_RepeatPlease_AsksTheSameQuestion()
    {
        var session = TutorSession.Start("cafe");
        var opening = await session.OpenAsync();
        var question = opening[(opening.LastIndexOf('.', opening.Length - 2) is var dot and > 0 ? dot + 2 : opening.IndexOf('!', StringComparison.Ordinal) + 2)..];
        Assert.EndsWith(question[^15..], await session.SayAsync("can you repeat that please"), StringComparison.Ordinal);
        Assert.Equal("drink", session.Node);
    }

    [Fact]
    public async Task Reply_MeaningOfAWord_IsExplainedOrHonestlyNot()
    {
        var session = TutorSession.Start("cafe");
        await session.OpenAsync();
        Assert.Contains("coffee without caffeine", await session.SayAsync("What does decaf mean?"), StringComparison.Ordinal);
        Assert.Contains("zebra", await session.SayAsync("what does zebra mean"), StringComparison.Ordinal);
        Assert.Equal("drink", session.Node);
    }

    [Fact]
    public async Task Reply_SideQuestion_IsAnsweredAndTheQuestionAskedAgain()
    {
        var session = TutorSession.Start("cafe");
        await session.OpenAsync();
        Assert.Contains("receipt", await session.SayAsync("do you have wifi here"), StringComparison.Ordinal);
        Assert.Contains("program", await session.SayAsync("are you a robot?"), StringComparison.Ordinal);
        Assert.Equal("drink", session.Node);
    }

    [Fact]
    public async Task Reply_Interrupted_GoesAlongOrAsksAgainWithoutBlame()
    {
        var session = TutorSession.Start("cafe");
        await session.OpenAsync();
        session.InterruptAfter(6);
        await session.SayAsync("a latte please");
        Assert.Equal("size", session.Node);

        session.InterruptAfter(6);
        var reply = await session.SayAsync("wait what do seventeen penguins");
        Assert.Equal("size", session.Node);
        Assert.Contains("\"f\":0", session.State, StringComparison.Ordinal);
        Assert.Matches("^(Sure|Of course|Yes)", reply);
    }

    [Fact]
    public async Task Reply_AfterTheClosing_StartsAgainOrSaysGoodbye()
    {
        var session = TutorSession.Start("directions");
        await session.OpenAsync();
        string last = "";
        while (session.Offered.All(o => o.Id != "again")) { last = await session.ChooseAsync(session.Offered[0]); }
        Assert.Contains("managed to", last, StringComparison.Ordinal);

        await session.SayAsync("yes");
        Assert.Equal("place", session.Node);
        while (session.Offered.All(o => o.Id != "again")) { await session.ChooseAsync(session.Offered[0]); }
        Assert.Matches("Goodbye|Bye", await session.ChooseAsync(session.Offered[1]));
    }

    [Fact]
    public async Task Reply_OpenTalkHearsPlayingCards_SaysWhatItHeardAndAsks()
    {
        var session = TutorSession.Start();
        var reply = await session.SayAsync("eight of spades four of clubs seven of hearts");
        Assert.Contains("eight of spades four of clubs seven of hearts", reply, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith("?", reply, StringComparison.Ordinal);
        Assert.Equal("cards", session.Node);
        Assert.NotEmpty(session.Offered);
    }

    [Fact]
    public async Task Reply_OpenTalkHearsAnAnswerToATopicNotYetAsked_TakesIt()
    {
        var session = TutorSession.Start();
        await session.OpenAsync();
        Assert.Contains("you like to play football", await session.SayAsync("I like play football"), StringComparison.Ordinal);
        Assert.Contains("\"hobby\":\"football\"", session.State, StringComparison.Ordinal);
        Assert.NotEqual("hobby", session.Node);
    }

    [Fact]
    public async Task Reply_OpenTalkHearsTheUnknown_AdmitsItsLimits()
    {
        var session = TutorSession.Start();
        await session.OpenAsync();
        var reply = await session.SayAsync("quantum flux drives the gizmo");
        Assert.Contains("Quantum flux drives the gizmo", reply, StringComparison.Ordinal);
        Assert.Contains("can't follow", reply, StringComparison.Ordinal);
        Assert.EndsWith("?", reply, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A1", "Coffee or tea?")]
    [InlineData("B2", "?")]
    public async Task Reply_Level_ChoosesTheWording(string level, string ending)
    {
        var session = TutorSession.Start("cafe", level: level);
        Assert.EndsWith(ending, await session.OpenAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offer_Level_GoesFromSimpleToRich()
    {
        var (basic, rich) = (TutorSession.Start("smalltalk", level: "A2"), TutorSession.Start("smalltalk", level: "C1"));
        await basic.OpenAsync();
        await rich.OpenAsync();
        Assert.Equal("Hi. Nice to meet you.", basic.Offered[1].Text);
        Assert.Equal("Hi, how lovely to meet you.", rich.Offered[1].Text);
    }

    [Fact]
    public async Task Reply_SameHistoryAndSeed_IsTheSame()
    {
        var transcripts = new List<string>();
        foreach (var seed in new long[] { 5, 5, 6, 7, 8 })
        {
            var session = TutorSession.Start("cafe", seed);
            await session.OpenAsync();
            await session.SayAsync("help");
            await session.SayAsync("a tea please");
            await session.SayAsync("large");
            transcripts.Add(string.Join('\n', session.History.Select(m => m.Text)) + session.State);
        }
        Assert.Equal(transcripts[0], transcripts[1]);
        Assert.True(transcripts.Distinct().Count() > 2, "Another seed must bring other wordings.");
    }

    [Fact]
    public async Task Stream_TokenDelay_KeepsThePace()
    {
        var clock = new VirtualClock();
        using var client = new TutorChatClient(new TutorOptions { TokenDelay = TimeSpan.FromMilliseconds(50) }, clock);
        var reading = client.GetStreamingResponseAsync([], null, Cancellation).CountAsync(u => u.Text.Length > 0, Cancellation).AsTask();
        while (clock.AdvanceToNextTimer()) { Assert.True(clock.Elapsed < TimeSpan.FromMinutes(1)); }
        var tokens = await reading.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
        Assert.Equal(TimeSpan.FromMilliseconds(50 * (tokens - 1)), clock.Elapsed);
    }

    [Fact]
    public async Task Reply_EndlessText_IsCutAndAnswered()
    {
        var session = TutorSession.Start();
        await session.OpenAsync();
        Assert.NotEmpty(await session.SayAsync(string.Concat(Enumerable.Repeat("I want go and ", 50_000))));
    }

    [Fact]
    public async Task Reply_UnknownScenario_NamesThoseThereAre()
    {
        var session = TutorSession.Start("moon");
        var problem = await Assert.ThrowsAsync<VoiceException>(session.OpenAsync);
        Assert.Contains("cafe", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reply_BrokenState_BeginsAtTheOpening()
    {
        var session = TutorSession.Start("cafe");
        var opening = await session.OpenAsync();
        session.History[^1].AdditionalProperties![ReplyProperties.State] = "{ broken";
        Assert.Equal(opening, await session.OpenAsync());
    }

    [Fact]
    public void Registration_BuiltIn_IsAvailable()
    {
        var registration = TutorEngine.Registration();
        Assert.True(registration.Probe().Available);
        Assert.IsType<TutorChatClient>(registration.Create());
    }
}
