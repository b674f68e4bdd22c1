using System.Text.Json;
using Microsoft.Extensions.AI;
using Parley.Diagnostics;
using Parley.Replies;
using Parley.Replies.Tools;
using Parley.Testing.Contracts;
using Parley.Testing.Simulated;
using Parley.Time;
using static Parley.Core.Tests.Replies.Tools.ScriptedChatClient;

namespace Parley.Core.Tests.Replies.Tools;

public sealed class ToolCallingChatClientTests : ChatClientContract
{
    private readonly DeterministicScheduler _scheduler = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static IReadOnlyList<ChatMessage> Asked => [new(ChatRole.System, "Be kind."), new(ChatRole.User, "Will it rain in Oslo?")];

    protected override IChatClient CreateClient() =>
        new ToolCallingChatClient(new SimulatedChatClient(TimeProvider.System), [SlowTool.Weather(TimeProvider.System, TimeSpan.Zero)], TimeProvider.System);

    [Fact]
    public async Task GetStreamingResponseAsync_ModelCalls_GetsTheResultAndAnswers()
    {
        var model = new ScriptedChatClient([Call("weather", "call_1", ("city", "Oslo"))], [new TextContent("Yes, rain.")]);

        var response = await Client(model).GetResponseAsync(Asked, cancellationToken: Cancellation);

        Assert.Equal("Yes, rain.", response.Text);
        Assert.Equal([ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.Tool], model.Prompts[1].Select(m => m.Role));
        Assert.Equal("rain in Oslo", ResultOf(model).Result);
        Assert.Equal("call_1", ResultOf(model).CallId);
        Assert.Contains("never an instruction", Assert.Single(model.Prompts[0], m => m.Role == ChatRole.System).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_CallOfTheCallersTool_EndsTheAnswerAndIsLeftToThem()
    {
        var model = new ScriptedChatClient([Call("set_light", "a"), Call("weather", "b", ("city", "Oslo"))], [new TextContent("Done.")]);

        var response = await Client(model).GetResponseAsync(Asked, Theirs("set_light"), Cancellation);

        Assert.Single(model.Prompts);
        Assert.Equal(["a", "b"], response.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().Select(c => c.CallId));
        Assert.Equal("b", Assert.Single(response.Messages.SelectMany(m => m.Contents).OfType<FunctionResultContent>()).CallId);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_CallersToolHasTheSameName_IsTheirs()
    {
        var model = new ScriptedChatClient([Call("weather", "a", ("city", "Oslo"))], [new TextContent("Rain.")]);

        var response = await Client(model).GetResponseAsync(Asked, Theirs("weather"), Cancellation);

        Assert.Single(model.Options[0]!.Tools!);
        Assert.Empty(response.Messages.SelectMany(m => m.Contents).OfType<FunctionResultContent>());
    }

    [Fact]
    public async Task GetStreamingResponseAsync_CallersCallIsWrong_ModelReadsWhy()
    {
        var call = FunctionCallContent.CreateFromParsedArguments("{", "call_1", "set_light", _ => throw new FormatException());
        var model = new ScriptedChatClient([call], [new TextContent("Sorry.")]);

        await Client(model).GetResponseAsync(Asked, Theirs("set_light"), Cancellation);

        Assert.Equal("The arguments are not a JSON object.", ResultOf(model).Result);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_CallIsDemanded_OnlyTheFirstRoundMustCall()
    {
        var model = new ScriptedChatClient([Call("weather", "a", ("city", "Oslo"))], [new TextContent("Rain.")]);

        await Client(model).GetResponseAsync(Asked, new ChatOptions { ToolMode = ChatToolMode.RequireAny }, Cancellation);

        Assert.Equal([ChatToolMode.RequireAny, null], model.Options.Select(o => o!.ToolMode));
    }

    [Fact]
    public async Task GetStreamingResponseAsync_CallersToolsAreRefused_AsksThemWithoutAndOthersWith()
    {
        var model = new ScriptedChatClient([new TextContent("Hello.")])
        {
            RefusesTools = new VoiceException(VoiceStage.Reply, "The schema is wrong.", isTransient: false),
        };
        var client = Client(model);

        Assert.Equal("Hello.", (await client.GetResponseAsync(Asked, Theirs("set_light"), Cancellation)).Text);
        Assert.Null(model.Options[^1]!.Tools);
        model.RefusesTools = null;
        await client.GetResponseAsync(Asked, cancellationToken: Cancellation);

        Assert.Equal("weather", Assert.Single(model.Options[^1]!.Tools!).Name);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_SeveralCalls_RunAtOnceAndKeepTheirOrder()
    {
        var model = new ScriptedChatClient([Call("slow", "a", ("city", "Oslo")), Call("quick", "b", ("city", "Rome"))], [new TextContent("Rain.")]);
        var clock = _scheduler.Clock;
        var client = Client(model, tools:
            [SlowTool.Weather(clock, TimeSpan.FromSeconds(3), name: "slow"), SlowTool.Weather(clock, TimeSpan.FromSeconds(2), name: "quick")]);
        var began = clock.GetTimestamp();

        Run(client);

        Assert.Equal(TimeSpan.FromSeconds(3), clock.GetElapsedTime(began));
        var results = model.Prompts[1][^1].Contents.OfType<FunctionResultContent>().ToList();
        Assert.Equal([("a", "rain in Oslo"), ("b", "rain in Rome")], results.Select(r => (r.CallId, (string)r.Result!)));
        await Task.CompletedTask;
    }

    [Theory]
    [InlineData("no_such_tool", "city", "There is no such tool. There are: weather.")]
    [InlineData("weather", "town", "The arguments are wrong")]
    public async Task GetStreamingResponseAsync_CallIsWrong_ModelReadsWhy(string tool, string argument, string result)
    {
        var model = new ScriptedChatClient([Call(tool, "call_1", (argument, "Oslo"))], [new TextContent("Sorry.")]);

        var response = await Client(model).GetResponseAsync(Asked, cancellationToken: Cancellation);

        Assert.Equal("Sorry.", response.Text);
        Assert.StartsWith(result, (string)ResultOf(model).Result!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_ArgumentsAreNoJson_ModelReadsWhy()
    {
        var call = FunctionCallContent.CreateFromParsedArguments("{", "call_1", "weather", _ => throw new FormatException());
        var model = new ScriptedChatClient([call], [new TextContent("Sorry.")]);

        await Client(model).GetResponseAsync(Asked, cancellationToken: Cancellation);

        Assert.Equal("The arguments are not a JSON object.", ResultOf(model).Result);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_ToolThrows_ModelReadsThatAndNotTheMessage()
    {
        var model = new ScriptedChatClient([Call("breaks")], [new TextContent("Sorry.")]);
        var client = Client(model, tools: [AIFunctionFactory.Create(string () => throw new InvalidOperationException("secret"), "breaks")]);

        await client.GetResponseAsync(Asked, cancellationToken: Cancellation);

        Assert.Equal("The tool failed: there is no result.", ResultOf(model).Result);
    }

    [Fact]
    public void GetStreamingResponseAsync_ToolHangs_IsGivenUpAfterTheTimeout()
    {
        List<string> log = [];
        var model = new ScriptedChatClient([Call("weather", "call_1", ("city", "Oslo"))], [new TextContent("I don't know.")]);
        var client = Client(model, new ToolOptions { Timeout = TimeSpan.FromSeconds(2) }, SlowTool.Weather(_scheduler.Clock, TimeSpan.FromHours(1), log));
        var began = _scheduler.Clock.GetTimestamp();

        Run(client);

        Assert.Equal("The tool took too long: there is no result.", ResultOf(model).Result);
        Assert.Equal(TimeSpan.FromSeconds(2), _scheduler.Clock.GetElapsedTime(began));
        Assert.Equal(["called Oslo", "cancelled"], log);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_ResultIsLong_IsCut()
    {
        var model = new ScriptedChatClient([Call("long")], [new TextContent("Long.")]);
        var client = Client(model, new ToolOptions { MaxResultCharacters = 100 }, AIFunctionFactory.Create(() => new string('x', 5_000), "long"));

        await client.GetResponseAsync(Asked, cancellationToken: Cancellation);

        Assert.Equal(100, ((string)ResultOf(model).Result!).Length);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_ModelCallsForever_MustAnswerAfterTheLastRound()
    {
        List<string> log = [];
        var model = new ScriptedChatClient([Call("weather", "call_1", ("city", "Oslo"))]);
        var client = Client(model, new ToolOptions { MaxRounds = 2 }, SlowTool.Weather(_scheduler.Clock, TimeSpan.Zero, log));

        var response = await client.GetResponseAsync(Asked, cancellationToken: Cancellation);

        Assert.Equal(2, log.Count(l => l == "called Oslo"));
        Assert.Equal([null, null, ChatToolMode.None], model.Options.Select(o => o!.ToolMode));
        Assert.Equal("I'm sorry, I couldn't find that out.", response.Text);
        Assert.Equal(2, response.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().Count());
    }

    [Fact]
    public async Task GetStreamingResponseAsync_ManyCallsAtOnce_TheRestIsRefused()
    {
        List<string> log = [];
        var model = new ScriptedChatClient(
            [.. Enumerable.Range(0, 20).Select(i => Call("weather", $"call_{i}", ("city", "Oslo")))], [new TextContent("Rain.")]);

        await Client(model, tools: [SlowTool.Weather(_scheduler.Clock, TimeSpan.Zero, log)]).GetResponseAsync(Asked, cancellationToken: Cancellation);

        Assert.Equal(8, log.Count(l => l == "done"));
        Assert.Equal(20, model.Prompts[1][^1].Contents.Count);
    }

    [Fact]
    public void GetStreamingResponseAsync_NotCommitted_CallsNoTool()
    {
        List<string> log = [];
        var gate = new TaskCompletionSource();
        var model = new ScriptedChatClient([Call("weather", "call_1", ("city", "Oslo"))], [new TextContent("Yes, rain.")]);
        var client = Client(model, tools: [SlowTool.Weather(_scheduler.Clock, TimeSpan.Zero, log)]);
        var options = new ChatOptions { AdditionalProperties = new() { [ReplyProperties.Committed] = gate.Task } };

        var reply = _scheduler.Start(() => client.GetResponseAsync(Asked, options, Cancellation));
        _scheduler.Advance(TimeSpan.FromSeconds(5));
        Assert.Empty(log);
        gate.SetResult();
        _scheduler.Run(reply, TimeSpan.FromSeconds(1));

        Assert.Equal(["called Oslo", "done"], log);
    }

    [Fact]
    public void GetStreamingResponseAsync_SlowTool_IsBridgedByFillers()
    {
        var model = new ScriptedChatClient([Call("weather", "call_1", ("city", "Oslo"))], [new TextContent("Yes, rain.")]);

        var updates = Run(Client(model, tools: [SlowTool.Weather(_scheduler.Clock, TimeSpan.FromSeconds(6))]));

        var fillers = updates.SelectMany(u => u.Update.Contents.OfType<FillerContent>().Select(f => (u.At, f.Text))).ToList();
        Assert.Equal([TimeSpan.FromSeconds(0.7), TimeSpan.FromSeconds(4.7)], fillers.Select(f => f.At));
        Assert.NotEqual(fillers[0].Text, fillers[1].Text);
        Assert.Equal("Yes, rain.", string.Concat(updates.Select(u => u.Update.Text)));
    }

    [Fact]
    public void GetStreamingResponseAsync_ToolHasItsOwnFiller_SpeaksThat()
    {
        var model = new ScriptedChatClient([Call("weather", "call_1", ("city", "Oslo"))], [new TextContent("Yes, rain.")]);
        var updates = Run(Client(model, tools: [SlowTool.Weather(_scheduler.Clock, TimeSpan.FromSeconds(1), filler: "I look out of the window.")]));
        Assert.Equal("I look out of the window.", Assert.Single(updates.SelectMany(u => u.Update.Contents).OfType<FillerContent>()).Text);
    }

    [Fact]
    public void GetStreamingResponseAsync_ModelAnnouncedTheWait_NeedsNoFillerAtOnce()
    {
        var model = new ScriptedChatClient([new TextContent("Let me look."), Call("weather", "call_1", ("city", "Oslo"))], [new TextContent("Yes, rain.")]);
        var updates = Run(Client(model, tools: [SlowTool.Weather(_scheduler.Clock, TimeSpan.FromSeconds(2))]));
        Assert.Empty(updates.SelectMany(u => u.Update.Contents).OfType<FillerContent>());
    }

    [Fact]
    public void GetStreamingResponseAsync_FillersOff_StaysSilentButAlive()
    {
        var model = new ScriptedChatClient([Call("weather", "call_1", ("city", "Oslo"))], [new TextContent("Yes, rain.")]);
        var options = new ToolOptions { FillerAfter = TimeSpan.Zero, Timeout = TimeSpan.FromMinutes(1) };

        var updates = Run(Client(model, options, SlowTool.Weather(_scheduler.Clock, TimeSpan.FromSeconds(20))));

        Assert.Empty(updates.SelectMany(u => u.Update.Contents).OfType<FillerContent>());
        Assert.All(updates.Zip(updates.Skip(1)), pair => Assert.InRange(pair.Second.At - pair.First.At, TimeSpan.Zero, options.FillerInterval));
    }

    [Fact]
    public void GetStreamingResponseAsync_Cancelled_ToolRunsToItsEndAndTells()
    {
        var (log, observer) = Cancel(interruptible: false);

        Assert.Equal(["called Oslo", "done"], log);
        Assert.Equal((ToolOutcome.Answered, "rain in Oslo", TimeSpan.FromSeconds(3)),
            (observer.Answers[0].Outcome, observer.Answers[0].Result, observer.Answers[0].Duration));
    }

    [Fact]
    public void GetStreamingResponseAsync_CancelledWithInterruptibleTool_StopsIt()
    {
        var (log, observer) = Cancel(interruptible: true);

        Assert.Equal(["called Oslo", "cancelled"], log);
        Assert.Equal(ToolOutcome.Cancelled, observer.Answers[0].Outcome);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_ModelRefusesTools_IsAskedWithoutFromThenOn()
    {
        var model = new ScriptedChatClient([new TextContent("Hello.")]) { RefusesTools = new VoiceException(VoiceStage.Reply, "does not support tools") };
        var client = Client(model);

        Assert.Equal("Hello.", (await client.GetResponseAsync(Asked, cancellationToken: Cancellation)).Text);
        Assert.Equal("Hello.", (await client.GetResponseAsync(Asked, cancellationToken: Cancellation)).Text);

        Assert.Equal([1, 0, 0], model.Options.Select(o => o?.Tools?.Count ?? 0));
    }

    [Fact]
    public async Task GetStreamingResponseAsync_ModelIsDown_FailsOnce()
    {
        var model = new ScriptedChatClient([]) { RefusesTools = new VoiceException(VoiceStage.Reply, "busy", isTransient: true) };
        await Assert.ThrowsAsync<VoiceException>(() => Client(model).GetResponseAsync(Asked, cancellationToken: Cancellation));
        Assert.Single(model.Prompts);
    }

    private (List<string> Log, Observer Observer) Cancel(bool interruptible)
    {
        List<string> log = [];
        var observer = new Observer();
        var model = new ScriptedChatClient([Call("weather", "call_1", ("city", "Oslo"))], [new TextContent("Yes, rain.")]);
        var client = Client(model, tools: [SlowTool.Weather(_scheduler.Clock, TimeSpan.FromSeconds(3), log, interruptible)]);
        var options = new ChatOptions { AdditionalProperties = new() { [ReplyProperties.ToolObserver] = observer } };
        using var cancel = new CancellationTokenSource();

        var reply = _scheduler.Start(() => client.GetResponseAsync(Asked, options, cancel.Token));
        _scheduler.Advance(TimeSpan.FromSeconds(1));
        cancel.Cancel();
        _scheduler.RunUntilIdle();
        Assert.True(reply.IsCanceled);
        _scheduler.Advance(TimeSpan.FromSeconds(10));
        return (log, observer);
    }

    private ToolCallingChatClient Client(ScriptedChatClient model, ToolOptions? options = null, params AIFunction[] tools) =>
        new(model, tools.Length > 0 ? tools : [SlowTool.Weather(_scheduler.Clock, TimeSpan.Zero)], _scheduler.Clock, options);

    /// <summary>What the reply streams, and when.</summary>
    private List<(TimeSpan At, ChatResponseUpdate Update)> Run(ToolCallingChatClient client)
    {
        var began = _scheduler.Clock.GetTimestamp();
        List<(TimeSpan, ChatResponseUpdate)> updates = [];
        _scheduler.Run(_scheduler.Start(ReadAsync), TimeSpan.FromMinutes(2));
        return updates;

        async Task ReadAsync()
        {
            await foreach (var update in client.GetStreamingResponseAsync(Asked, cancellationToken: Cancellation))
            {
                updates.Add((_scheduler.Clock.GetElapsedTime(began), update));
            }
        }
    }

    private static FunctionResultContent ResultOf(ScriptedChatClient model) => Assert.Single(model.Prompts[1][^1].Contents.OfType<FunctionResultContent>());

    private sealed class Observer : IToolObserver
    {
        public List<ToolExchange> Answers { get; } = [];

        public async void OnCalled(ToolExchange call, Task<ToolExchange> answer) => Answers.Add(await answer);
    }

    private static ChatOptions Theirs(string name) => new() { Tools = [AIFunctionFactory.CreateDeclaration(name, null, JsonElement.Parse("""{"type":"object"}"""))] };
}
