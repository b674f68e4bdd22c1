using Parley.Core.Tests.OpenAICompatible;
using Parley.OpenAICompatible.Chat;
using Parley.Replies;
using Parley.Transports.Protocol;

namespace Parley.Core.Tests.Replies;

public sealed class ConversationHistoryTests
{
    private readonly ConversationHistory _history = new(maxMessages: 10, new UserContext());

    [Theory]
    [InlineData("The bakery is next to", "The bakery is next to—")]
    [InlineData("The bakery,", "The bakery—")]
    [InlineData("It is closed.", "It is closed. —")]
    public void ToPrompt_InterruptedReply_EndsInADashAndTheHistoryDoesNot(string heard, string shown)
    {
        _history.AddAssistant(heard, interrupted: true, properties: null);

        var prompt = _history.ToPrompt(SystemPrompt.For(new SessionConfig()));

        Assert.Equal(shown, prompt[^1].Text);
        Assert.Equal(true, prompt[^1].AdditionalProperties![ReplyProperties.Interrupted]);
        Assert.Equal(heard, _history.Messages[^1].Text);
        Assert.Contains("ends in a dash (—)", prompt[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void ToPrompt_ReplyHeardToItsEnd_StandsAsItIs()
    {
        _history.AddAssistant("It is open.", interrupted: false, properties: null);

        Assert.Equal("It is open.", _history.ToPrompt("")[^1].Text);
    }

    [Fact]
    public void ToPrompt_Interruptions_LeaveTheSystemPromptAsItWas()
    {
        var before = _history.ToPrompt(SystemPrompt.For(new SessionConfig()))[0].Text;

        _history.AddAssistant("Half a", interrupted: true, properties: null);

        Assert.Equal(before, _history.ToPrompt(SystemPrompt.For(new SessionConfig()))[0].Text);
    }

    [Fact]
    public async Task ToPrompt_OverTheWire_TellsTheModelOfTheInterruption()
    {
        await using var server = new LoopbackServer(Chunks.AnswerAsync);
        using var client = new OpenAIChatClient(new OpenAIChatOptions { BaseUrl = server.BaseUrl, WarmUpInterval = TimeSpan.Zero });
        _history.AddUser("where is the bakery", confidence: 0.9, suggestionId: null);
        _history.AddAssistant("It is next to", interrupted: true, properties: null);
        _history.AddUser("no wait the butcher", confidence: 0.9, suggestionId: null);

        await client.GetResponseAsync(_history.ToPrompt("You help."), cancellationToken: TestContext.Current.CancellationToken);

        var messages = System.Text.Json.JsonDocument.Parse(server.Bodies[0]).RootElement.GetProperty("messages").EnumerateArray();
        Assert.Equal(
            ["You help.", "where is the bakery", "It is next to—", "no wait the butcher"], messages.Select(m => m.GetProperty("content").GetString()));
    }
}
