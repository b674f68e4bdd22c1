using System.Net.WebSockets;
using Parley.Replies;
using Parley.Server.Tests.Hosting;
using Parley.Testing.Transports;
using Parley.Transports.Protocol;
using Parley.Turns;

namespace Parley.Server.Tests.Native;

public sealed class MessageTests
{
    private const string LongAnswer =
        "This is a rather long answer that goes on and on so that somebody can stop it, however late they are, and whoever wants to hear the end of it has to be "
        + "patient, for it has more words than anybody would need to say so little, and it takes longer to speak than a busy machine takes to do anything at all.";

    [Fact]
    public async Task Ping_IsAnsweredWithItsOwnTimeAndTheServers()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.TalkAsync();

        await client.SendAsync(new Ping(12.5));
        var pong = await client.ExpectAsync<Pong>();

        Assert.Equal(12.5, pong.T);
        Assert.True(pong.ServerTime >= 0, $"server time {pong.ServerTime}");
    }

    [Fact]
    public async Task SessionEnd_IsConfirmedAndTheLineClosed()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.TalkAsync();

        await client.SendAsync(new SessionEnd());
        var ended = await client.ExpectAsync<SessionEnded>();

        Assert.Equal("client", ended.Reason);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, await client.ExpectCloseAsync());
        await server.SettleAsync();
    }

    [Fact]
    public async Task TextInput_IsAnswered()
    {
        await using var server = await TestServer.StartAsync(e => e.Chat.Texts = ["Yes."]);
        var client = await server.TalkAsync();

        await client.SendAsync(new TextInput("Are you there?"));
        await client.ExpectAsync<AssistantTextDone>(m => m.HeardText == "Yes.");

        Assert.Equal("Are you there?", server.Engines.Chat.Prompts[0][^1].Text);
        Assert.Empty(client.Received.OfType<AsrFinal>());
    }

    [Fact]
    public async Task ContextUpdate_ReachesThePromptAndTheSameIdReplaces()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.TalkAsync();

        await client.SendAsync(new ContextUpdate("slide", "Penguins cannot fly.", "Birds", 1));
        await client.SendAsync(new ContextUpdate("slide", "Whales are mammals.", "Sea", 2));
        await client.SendAsync(new TextInput("What is on the slide?"));
        await client.ExpectAsync<AssistantTextDelta>();

        var prompt = string.Join('\n', server.Engines.Chat.Prompts[0].Select(m => m.Text));
        Assert.Contains("Whales are mammals.", prompt, StringComparison.Ordinal);
        Assert.DoesNotContain("Penguins", prompt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupt_StopsTheReply()
    {
        await using var server = await TestServer.StartAsync(e => e.Chat.Texts = [LongAnswer]);
        var client = await server.TalkAsync();
        await client.SendAsync(new TextInput("Go on."));
        await client.ExpectAsync<StateUpdate>(s => s.State == TurnState.Speaking);

        await client.SendAsync(new Interrupt());
        var cancelled = await client.ExpectAsync<GenerationCancelled>();
        var idle = await client.ExpectAsync<StateUpdate>();

        Assert.Equal(CancelReason.Interrupt, cancelled.Reason);
        Assert.Equal(TurnState.Idle, idle.State);
        Assert.True(cancelled.HeardText.Length < LongAnswer.Length, "everything counts as heard");
    }

    [Fact]
    public async Task Suggestions_ReachTheClientAndTheRecogniser()
    {
        await using var server = await TestServer.StartAsync(e =>
        {
            e.Chat.Texts = ["Tea or coffee?"];
            e.Chat.Extras = [new SuggestionsContent([new Suggestion("s1", "Tea, please."), new Suggestion("s2", "Coffee, please.")])];
        });
        var client = await server.TalkAsync();

        await client.SendAsync(new TextInput("Hello."));
        var offered = await client.ExpectAsync<SuggestionsOffered>();
        await client.ExpectAsync<AssistantTextDone>(m => m.HeardText.Length > 0);
        await client.SpeakAsync();
        await client.ExpectAsync<AsrFinal>();

        Assert.Equal([("s1", "Tea, please."), ("s2", "Coffee, please.")], offered.Items.Select(i => (i.SuggestionId, i.Text)));
        Assert.Equal(["Tea, please.", "Coffee, please."], server.Engines.Asr.Requests[0].Hints!.Answers);
    }

    [Fact]
    public async Task SessionUpdate_ChangesWhatMayChange()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.TalkAsync();

        await client.SendAsync(new SessionUpdate(new SessionConfig { Persona = "You are a pirate called Anne." }));
        await client.SendAsync(new TextInput("Who are you?"));
        await client.ExpectAsync<AssistantTextDelta>();

        Assert.Contains("a pirate called Anne", server.Engines.Chat.Prompts[0][0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_OfTwoClients_StayApart()
    {
        await using var server = await TestServer.StartAsync(e => e.Chat.Texts = ["Yes."]);
        ConverseClient[] clients = [await server.TalkAsync(), await server.TalkAsync()];

        await Task.WhenAll(clients.Select(c => c.SpeakAsync()));
        foreach (var client in clients) { await client.ExpectAsync<AssistantTextDone>(m => m.HeardText == "Yes."); }

        var ids = clients.Select(c => Assert.Single(c.Received.OfType<ServerMessage>().Select(m => m.SessionId).Distinct())).ToArray();
        Assert.NotEqual(ids[0], ids[1]);
        Assert.All(clients, c => Assert.Equal(Enumerable.Range(1, c.Received.OfType<ServerMessage>().Count()), c.Received.OfType<ServerMessage>().Select(m => (int)m.Seq)));
    }
}
