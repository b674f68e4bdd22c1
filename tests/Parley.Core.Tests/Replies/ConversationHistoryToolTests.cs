using System.Text.Json;
using Microsoft.Extensions.AI;
using Parley.Replies;
using Parley.Replies.Tools;

namespace Parley.Core.Tests.Replies;

public sealed class ConversationHistoryToolTests
{
    private static readonly ToolExchange s_pending = new("call_1", "weather", JsonDocument.Parse("""{"city":"Oslo"}""").RootElement);

    private static readonly ToolExchange s_answered = s_pending with { Outcome = ToolOutcome.Answered, Result = "rain" };

    [Fact]
    public void AddTools_Answered_AddsCallThenResult()
    {
        var history = new ConversationHistory(10, new UserContext());
        history.AddTools([s_answered]);

        var call = Assert.IsType<FunctionCallContent>(Assert.Single(history.Messages[0].Contents));
        var result = Assert.IsType<FunctionResultContent>(Assert.Single(history.Messages[1].Contents));
        Assert.Equal(("call_1", "weather", "Oslo"), (call.CallId, call.Name, call.Arguments!["city"]!.ToString()));
        Assert.Equal(("call_1", "rain"), (result.CallId, result.Result));
        Assert.Equal((ChatRole.Assistant, ChatRole.Tool), (history.Messages[0].Role, history.Messages[1].Role));
    }

    [Fact]
    public void AnswerTool_Pending_TakesThePlaceAndLeavesOlderPromptsAlone()
    {
        var history = new ConversationHistory(10, new UserContext());
        history.AddTools([s_pending]);
        history.AddUser("Hello?", null, null);
        var before = history.ToPrompt("");

        history.AnswerTool(s_pending, s_answered);

        Assert.Equal("rain", ((FunctionResultContent)history.Messages[1].Contents[0]).Result);
        Assert.Contains("still running", (string)((FunctionResultContent)before[2].Contents[0]).Result!, StringComparison.Ordinal);
    }

    [Fact]
    public void AnswerTool_SameIdAgain_FillsItsOwnCall()
    {
        var history = new ConversationHistory(10, new UserContext());
        var second = s_pending with { };
        history.AddTools([s_pending, second]);

        history.AnswerTool(second, s_answered);

        Assert.Equal([false, true], [.. new[] { 1, 3 }.Select(i => Equals(((FunctionResultContent)history.Messages[i].Contents[0]).Result, "rain"))]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Add_Full_NeverParesAResultFromItsCall(int maxMessages)
    {
        var history = new ConversationHistory(maxMessages, new UserContext());
        for (var i = 0; i < 20; i++)
        {
            history.AddUser($"Question {i}", null, null);
            if (i % 2 == 0) { history.AddTools([s_answered, s_answered]); }
            history.AddAssistant($"Answer {i}", interrupted: false, null);

            Assert.InRange(history.Messages.Count, 1, maxMessages);
            Assert.NotEqual(ChatRole.Tool, history.Messages[0].Role);
        }
    }
}
