using System.Text.Json.Nodes;
using OpenAI.Realtime;
using Parley.Core.Tests.Audio;

namespace Parley.Server.Tests.Realtime;

#pragma warning disable OPENAI002 // The client calls it an experiment.

/// <summary>OpenAI's own .NET client, as it comes from NuGet, against the Realtime endpoint.</summary>
public sealed class StockRealtimeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static RealtimeConversationSessionOptions Hearing => new()
    {
        AudioOptions = new() { InputAudioOptions = new() { AudioTranscriptionOptions = new() { Model = "whisper-1" } } },
    };

    [Fact]
    public async Task SpokenTurn_WavWithItsHeader_IsAnswered()
    {
        await using var stock = await StockServer.StartAsync();
        await using var talk = await StockTalk.StartAsync(stock.Server.Http, StockServer.Key, Hearing);
        using var wav = new MemoryStream(WavBytes.File(WavBytes.Format(1, 1, 24_000, 16), WavBytes.Chunk("data", await File.ReadAllBytesAsync(stock.Speech, Cancellation))));

        await talk.Session.SendInputAudioAsync(wav, Cancellation);
        var started = await talk.NextAsync<RealtimeServerUpdateInputAudioBufferSpeechStarted>();
        var response = (await talk.NextAsync<RealtimeServerUpdateResponseDone>()).Response;

        Assert.Equal(RealtimeResponseStatus.Completed, response.Status);
        Assert.Equal(StoryTeller.Sentence, Transcript(response));
        var heard = Assert.Single(talk.Received.OfType<RealtimeServerUpdateConversationItemInputAudioTranscriptionCompleted>());
        Assert.Equal((started.ItemId, "hello there my friend"), (heard.ItemId, heard.Transcript));
        Assert.InRange(Samples(talk, response.Id), 28_700, 28_900);
    }

    [Fact]
    public async Task Speech_DuringTheAnswer_InterruptsItAndIsAnswered()
    {
        await using var stock = await StockServer.StartAsync();
        await using var talk = await StockTalk.StartAsync(stock.Server.Http, StockServer.Key, Hearing);
        await talk.WriteAsync("Tell me a long story.");
        await talk.Session.StartResponseAsync(Cancellation);
        var story = await talk.NextAsync<RealtimeServerUpdateResponseOutputAudioDelta>();

        var speaking = SpeakAsync(talk, await File.ReadAllBytesAsync(stock.Speech, Cancellation));
        var cut = (await talk.NextAsync<RealtimeServerUpdateResponseDone>()).Response;
        var end = talk.Received.Count;
        await speaking;
        var heard = TimeSpan.FromMilliseconds(Samples(talk, story.ResponseId) / 24);
        await talk.Session.TruncateItemAsync(story.ItemId, 0, heard, Cancellation);
        var truncated = await talk.NextAsync<RealtimeServerUpdateConversationItemTruncated>();
        var answer = (await talk.NextAsync<RealtimeServerUpdateResponseDone>()).Response;

        Assert.Equal((RealtimeResponseStatus.Cancelled, RealtimeResponseStatusReason.TurnDetected), (cut.Status, cut.StatusDetails.Reason));
        Assert.Equal((story.ItemId, heard), (truncated.ItemId, truncated.AudioEndTime));
        Assert.Equal(StoryTeller.Sentence, Transcript(answer));
        Assert.DoesNotContain(talk.Received.Skip(end).OfType<RealtimeServerUpdateResponseOutputAudioDelta>(), d => d.ResponseId == story.ResponseId);
    }

    [Fact]
    public async Task Speech_AtOnceDuringTheAnswer_InterruptsItAndIsAnswered()
    {
        await using var stock = await StockServer.StartAsync();
        await using var talk = await StockTalk.StartAsync(stock.Server.Http, StockServer.Key, Hearing);
        await talk.WriteAsync("Tell me a long story.");
        await talk.Session.StartResponseAsync(Cancellation);
        await talk.NextAsync<RealtimeServerUpdateResponseOutputAudioDelta>();

        await using (var speech = File.OpenRead(stock.Speech)) { await talk.Session.SendInputAudioAsync(speech, Cancellation); }
        var cut = (await talk.NextAsync<RealtimeServerUpdateResponseDone>()).Response;
        var answer = (await talk.NextAsync<RealtimeServerUpdateResponseDone>()).Response;

        Assert.Equal(RealtimeResponseStatusReason.TurnDetected, cut.StatusDetails.Reason);
        Assert.Equal(StoryTeller.Sentence, Transcript(answer));
    }

    [Fact]
    public async Task Truncation_OfWhatWasSaid_LeavesWhatWasHeard()
    {
        await using var stock = await StockServer.StartAsync();
        await using var talk = await StockTalk.StartAsync(stock.Server.Http, StockServer.Key);
        await talk.WriteAsync("Hello?");
        var item = ((RealtimeMessageItem)(await talk.RespondAsync()).OutputItems[0]).Id;

        await talk.Session.TruncateItemAsync(item, 0, TimeSpan.FromMilliseconds(400), Cancellation);
        await talk.NextAsync<RealtimeServerUpdateConversationItemTruncated>();
        await talk.Session.RequestItemRetrievalAsync(item, Cancellation);
        var kept = (RealtimeMessageItem)(await talk.NextAsync<RealtimeServerUpdateConversationItemRetrieved>()).Item;

        Assert.Equal("Nice", Assert.IsType<RealtimeOutputAudioMessageContentPart>(Assert.Single(kept.Content)).Transcript.Trim());
    }

    [Fact]
    public async Task FunctionCall_Result_IsAnswered()
    {
        await using var stock = await StockServer.StartAsync();
        var tool = new RealtimeFunctionTool("look_up") { FunctionParameters = BinaryData.FromString("""{"type":"object","properties":{"word":{"type":"string"}}}""") };
        await using var talk = await StockTalk.StartAsync(stock.Server.Http, StockServer.Key, new RealtimeConversationSessionOptions { Tools = { tool } });
        await talk.WriteAsync("Use the tool.");

        var call = Assert.IsType<RealtimeFunctionCallItem>(Assert.Single((await talk.RespondAsync()).OutputItems));
        await talk.Session.AddItemAsync(RealtimeItem.CreateFunctionCallOutputItem(call.CallId, "a drink"), Cancellation);
        var answer = await talk.RespondAsync();

        Assert.Equal(("look_up", "tea"), (call.FunctionName, (string?)JsonNode.Parse(call.FunctionArguments)!["word"]));
        Assert.Equal("It is a drink.", Transcript(answer));
    }

    [Fact]
    public async Task WrittenTurn_TextAlone_HasNoAudio()
    {
        await using var stock = await StockServer.StartAsync();
        await using var talk = await StockTalk.StartAsync(
            stock.Server.Http, StockServer.Key, new RealtimeConversationSessionOptions { OutputModalities = { RealtimeOutputModality.Text } });
        await talk.WriteAsync("Hello?");

        var response = await talk.RespondAsync();

        var message = Assert.IsType<RealtimeMessageItem>(Assert.Single(response.OutputItems));
        Assert.Equal(StoryTeller.Sentence, Assert.IsType<RealtimeOutputTextMessageContentPart>(Assert.Single(message.Content)).Text);
        Assert.Equal(StoryTeller.Sentence, Assert.Single(talk.Received.OfType<RealtimeServerUpdateResponseOutputTextDone>()).Text);
        Assert.Empty(talk.Received.OfType<RealtimeServerUpdateResponseOutputAudioDelta>());
    }

    [Fact]
    public async Task Cancellation_WithoutAResponse_IsToldAndTheSessionGoesOn()
    {
        await using var stock = await StockServer.StartAsync();
        await using var talk = await StockTalk.StartAsync(stock.Server.Http, StockServer.Key);

        await talk.Session.SendCommandAsync(new RealtimeClientCommandResponseCancel { EventId = "mine" }, Cancellation);
        var told = await talk.NextAsync<RealtimeServerUpdateError>();
        await talk.WriteAsync("Hello?");

        Assert.Equal(("response_cancel_not_active", "mine"), (told.Error.Code, told.Error.EventId));
        Assert.Equal(RealtimeResponseStatus.Completed, (await talk.RespondAsync()).Status);
    }

    [Fact]
    public async Task ClientSecret_Session_BeginsAsItSays()
    {
        await using var stock = await StockServer.StartAsync();
        CreateClientSecretResult secret = await StockTalk.Client(stock.Server.Http, StockServer.Key).CreateRealtimeClientSecretAsync(
            new CreateClientSecretOptions { SessionOptions = new RealtimeConversationSessionOptions { Instructions = "Be brief." } }, Cancellation);

        await using var talk = await StockTalk.StartAsync(stock.Server.Http, secret.Value);
        var created = await talk.NextAsync<RealtimeServerUpdateSessionCreated>();

        Assert.Equal("Be brief.", Assert.IsType<RealtimeConversationSession>(secret.Session).Instructions);
        Assert.Equal("Be brief.", Assert.IsType<RealtimeConversationSession>(created.Session).Instructions);
        Assert.InRange(secret.ExpiresAt - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(11));
    }

    [Fact]
    public async Task Start_WrongKey_IsRefused()
    {
        await using var stock = await StockServer.StartAsync();

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => StockTalk.StartAsync(stock.Server.Http, "wrong"));

        Assert.Contains("401", failure.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Speaks as a microphone does: in real time.</summary>
    private static async Task SpeakAsync(StockTalk talk, byte[] pcm)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(40));
        foreach (var piece in pcm.Chunk(2 * 24 * 40))
        {
            await talk.Session.SendInputAudioAsync(BinaryData.FromBytes(piece), Cancellation);
            await pace.WaitForNextTickAsync(Cancellation);
        }
    }

    /// <summary>The samples that came of a response, at 24 kHz.</summary>
    private static int Samples(StockTalk talk, string response) =>
        talk.Received.OfType<RealtimeServerUpdateResponseOutputAudioDelta>().Where(d => d.ResponseId == response).Sum(d => d.Delta.ToMemory().Length / 2);

    private static string Transcript(RealtimeResponse response) =>
        Assert.IsType<RealtimeOutputAudioMessageContentPart>(Assert.Single(Assert.IsType<RealtimeMessageItem>(Assert.Single(response.OutputItems)).Content)).Transcript;
}
