using Microsoft.Extensions.AI;
using Parley.Core.Tests.Replies.Tools;
using Parley.Replies;
using Parley.Replies.Tools;
using Parley.Replies.Tools.BuiltIn;
using Parley.Sessions;
using Parley.Testing.Sessions;
using Parley.Timeline;
using Parley.Transports.Protocol;
using Parley.Turns;
using static Parley.Core.Tests.Replies.Tools.ScriptedChatClient;

namespace Parley.Core.Tests.Sessions;

public sealed class ToolTests
{
    private static readonly TextContent s_answer = new("Yes, it will rain in Oslo today.");

    /// <summary>A session whose model calls the weather, which takes its time, and then answers.</summary>
    private static (SimulatedConversation Talk, ScriptedChatClient Model) Conversation(int toolMs, bool interruptible = false, bool keepsSessions = false)
    {
        var model = new ScriptedChatClient([Call("weather", "call_1", ("city", "Oslo"))], [s_answer], [new TextContent("All right.")]);
        var talk = new SimulatedConversation(options: new SessionOptions { ResumeWindow = TimeSpan.FromMinutes(10) }, keepsSessions: keepsSessions);
        var tool = SlowTool.Weather(talk.Scheduler.Clock, TimeSpan.FromMilliseconds(toolMs), interruptible: interruptible);
        talk.Engines.Reply = new ToolCallingChatClient(model, [tool], talk.Scheduler.Clock);
        return (talk.Start(), model);
    }

    [Fact]
    public void SlowTool_FillerIsHeardThenTheAnswer_BothAreRemembered()
    {
        var (talk, model) = Conversation(toolMs: 3_000);

        talk.Say(new TextInput("Will it rain in Oslo?"));
        var filler = talk.HushUntil<AssistantTextDelta>();
        Assert.DoesNotContain(talk.Client.Of<AssistantTextDelta>(), d => d.Text.Contains("rain", StringComparison.Ordinal));
        talk.HushUntil<StateUpdate>(s => s.State == TurnState.Speaking, limitMs: 1_500);
        var done = talk.HushUntil<AssistantTextDone>(d => d.HeardText.EndsWith("today.", StringComparison.Ordinal));

        Assert.Equal($"{filler.Text}\n\n{s_answer.Text}", done.HeardText);
        talk.Say(new TextInput("Thanks."));
        Assert.Equal(
            [ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.Tool, ChatRole.Assistant, ChatRole.User], model.Prompts[2].Select(m => m.Role));
        Assert.Equal(done.HeardText, model.Prompts[2][4].Text);
        talk.End();
    }

    [Fact]
    public void Tokens_OfSeveralCalls_AreToldTogether()
    {
        static UsageContent Cost(int input, int output, int? cached = null) =>
            new(new UsageDetails { InputTokenCount = input, OutputTokenCount = output, CachedInputTokenCount = cached });
        var talk = new SimulatedConversation();
        talk.Engines.Reply = new ToolCallingChatClient(
            new ScriptedChatClient([Call("weather", "call_1", ("city", "Oslo")), Cost(100, 8)], [s_answer, Cost(130, 9, 100)]),
            [SlowTool.Weather(talk.Scheduler.Clock, TimeSpan.FromMilliseconds(200))], talk.Scheduler.Clock);

        talk.Start().Say(new TextInput("Will it rain in Oslo?"));

        Assert.Equal(new TokenUsage(230, 17, 247, 100), talk.HushUntil<AssistantTextDone>().Usage);
        talk.End();
    }

    [Fact]
    public void QuickTool_NoFillerIsSpoken()
    {
        var (talk, _) = Conversation(toolMs: 200);
        talk.Say(new TextInput("Will it rain in Oslo?"));
        Assert.Equal(s_answer.Text, talk.HushUntil<AssistantTextDone>(d => d.HeardText.Length > 0).Text);
        talk.End();
    }

    [Fact]
    public void Interruption_ToolRunsOn_NextPromptHasTheCallAndALaterOneTheResult()
    {
        var (talk, model) = Conversation(toolMs: 3_000);
        talk.Say(new TextInput("Will it rain in Oslo?")).Wait(300);

        talk.Say(new TextInput("And in Rome?"));
        Assert.Equal("The tool is still running. Its result is not known yet.", ResultIn(model.Prompts[1]));
        Assert.Equal("And in Rome?", model.Prompts[1][^1].Text);
        talk.HushUntil<AssistantTextDone>(d => d.HeardText == s_answer.Text);
        talk.Hush(1_000).Say(new TextInput("Thanks."));

        Assert.Equal("rain in Oslo", ResultIn(model.Prompts[2]));
        Assert.Equal("Will it rain in Oslo?", model.Prompts[2][1].Text);
        talk.End();
    }

    [Fact]
    public void BargeIn_AfterTheResult_KeepsItWithTheWordsThatWereHeard()
    {
        var (talk, model) = Conversation(toolMs: 200);
        talk.Say(new TextInput("Will it rain in Oslo?"));
        talk.HushUntil<StateUpdate>(s => s.State == TurnState.Speaking);
        talk.Hush(700);

        talk.Speak(900);
        var cancelled = talk.HushUntil<GenerationCancelled>();
        talk.HushUntil<AsrFinal>();
        talk.Hush(100);

        var prompt = model.Prompts[2];
        Assert.InRange(cancelled.HeardText.Length, 3, s_answer.Text.Length - 1);
        Assert.Equal("rain in Oslo", ResultIn(prompt));
        Assert.Equal((ChatRole.Tool, ChatRole.Assistant), (prompt[^3].Role, prompt[^2].Role));
        Assert.Equal(cancelled.HeardText + "—", prompt[^2].Text);
        talk.End();
    }

    [Fact]
    public void Interruption_InterruptibleTool_IsCancelledAndSaysSo()
    {
        var (talk, model) = Conversation(toolMs: 3_000, interruptible: true);
        talk.Say(new TextInput("Will it rain in Oslo?")).Wait(300);

        talk.Say(new Interrupt()).Wait(100);
        talk.Say(new TextInput("Never mind."));

        Assert.Equal("The user interrupted before there was a result.", ResultIn(model.Prompts[1]));
        talk.End();
    }

    [Fact]
    public void SessionEnd_WhileAToolRuns_WaitsForItToEnd()
    {
        var (talk, _) = Conversation(toolMs: 3_000);
        talk.Say(new TextInput("Will it rain in Oslo?")).Wait(300);

        talk.Say(new SessionEnd()).Wait(1_000);
        Assert.False(talk.HasEnded);
        talk.Wait(8_000);

        Assert.True(talk.HasEnded);
    }

    [Fact]
    public void Resume_AToolRanWhenTheLineBroke_NextPromptHasItsResult()
    {
        var (before, model) = Conversation(toolMs: 3_000, keepsSessions: true);
        before.Say(new UiEvent("page_opened")).Say(new TextInput("Will it rain in Oslo?")).Wait(300);
        before.Client.Disconnect();
        before.Wait(6_000);

        var after = before.Resume();
        var done = after.HushUntil<AssistantTextDone>(d => d.HeardText == s_answer.Text);

        Assert.Equal("t1", done.TurnId);
        Assert.Equal([ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.Tool], model.Prompts[1].Select(m => m.Role));
        Assert.Equal("rain in Oslo", ResultIn(model.Prompts[1]));
        var user = (UserContext)model.Options[1]!.AdditionalProperties![ReplyProperties.UserContext]!;
        Assert.Equal("page_opened", Assert.Single(user.Actions).Name);
        after.End();
    }

    [Fact]
    public void Resume_AToolStillRuns_IsRefusedUntilItHasEnded()
    {
        var (before, model) = Conversation(toolMs: 7_000, keepsSessions: true);
        before.Say(new TextInput("Will it rain in Oslo?")).Wait(300);

        var early = before.Resume();
        early.Wait(5_000);
        Assert.Equal(ErrorCodes.NotAvailable, Assert.Single(early.Client.Of<ErrorMessage>()).Code);
        early.End();
        before.Wait(5_000);
        var after = before.Resume();
        after.HushUntil<AssistantTextDone>(d => d.HeardText == s_answer.Text);

        Assert.Equal("rain in Oslo", ResultIn(model.Prompts[1]));
        after.End();
    }

    [Fact]
    public void Tool_Answered_IsInTheTimelineAsJson()
    {
        var exchange = ToolExchange.Of(Call("weather", "call_1", ("city", "Oslo"))) with
        {
            Outcome = ToolOutcome.Answered, Result = "rain in Oslo", Duration = TimeSpan.FromMilliseconds(200),
        };
        var entry = TimelineJson.Encode(new TimelineEntry(1, TimeSpan.Zero, TimelineKinds.Tool, exchange));
        Assert.Equal(
            """{"call_id":"call_1","name":"weather","arguments":{"city":"Oslo"},"outcome":"answered","result":"rain in Oslo","duration":"00:00:00.2000000"}""",
            System.Text.Encoding.UTF8.GetString(entry.Data.Span));
    }

    [Fact]
    public void BuiltInTools_SeeWhatTheUserLooksAtAndDoes()
    {
        var model = new ScriptedChatClient(
            [Call("search_context", "a", ("query", "powerhouse")), Call("recent_ui_events", "b")], [new TextContent("It is the mitochondrion.")]);
        var talk = new SimulatedConversation();
        talk.Engines.Reply = new ToolCallingChatClient(model, BuiltInTools.Create(null), talk.Scheduler.Clock);
        var page = string.Join(' ', Enumerable.Repeat("The cell has many parts.", 2_000)) + " The mitochondrion is its powerhouse.";
        talk.Start().Say(new ContextUpdate("bio", page, "Biology", 12)).Wait(2_000);
        talk.Say(new UiEvent("page_opened", System.Text.Json.JsonDocument.Parse("""{"page":12}""").RootElement));

        talk.Say(new TextInput("What is the powerhouse?"));

        var results = model.Prompts[1][^1].Contents.OfType<FunctionResultContent>().Select(r => (string)r.Result!).ToList();
        Assert.StartsWith("[Biology, page 12]", results[0], StringComparison.Ordinal);
        Assert.EndsWith("The mitochondrion is its powerhouse.", results[0], StringComparison.Ordinal);
        Assert.Equal("2 s: page_opened {\"page\":12}", results[1]);
        talk.End();
    }

    private static object? ResultIn(IReadOnlyList<ChatMessage> prompt) =>
        Assert.Single(prompt.SelectMany(m => m.Contents).OfType<FunctionResultContent>()).Result;
}
