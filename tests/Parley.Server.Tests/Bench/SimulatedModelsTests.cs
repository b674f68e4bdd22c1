using System.Net.Http.Json;
using System.Text;
using Parley.Bench.Load.Http;
using Parley.Bench.Load.Models;

namespace Parley.Server.Tests.Bench;

public sealed class SimulatedModelsTests : IAsyncDisposable
{
    private readonly SimulatedModels _models = new();
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromSeconds(30));
    private readonly Task _serving;

    public SimulatedModelsTests() => _serving = _models.RunAsync(_stop.Token);

    [Theory]
    [InlineData(true, 5)]
    [InlineData(false, 1)]
    public async Task AskAsync_OneConnection_GetsEveryAnswerWhole(bool isStreamed, int tokens)
    {
        var behaviour = new ModelBehaviour(20, 5, 0);
        using var connection = new LoadConnection(_models.Address);
        var request = ChatRequest.Serialize(_models.Address, behaviour.ChatPath, ChatRequest.Body("m", isStreamed));
        for (var i = 0; i < 3; i++)
        {
            var answer = await connection.AskAsync(request, _stop.Token);
            Assert.Equal((200, tokens), (answer.Status, answer.Tokens));
            // The timer of the models may fire a few milliseconds early: that is why they tell how long they took.
            Assert.InRange(answer.Held.TotalMilliseconds, 10, answer.FirstContent.TotalMilliseconds);
            Assert.True(answer.FirstContent <= answer.Total);
        }
        Assert.Equal(1, connection.Connects);
    }

    [Fact]
    public async Task Request_ChunkedBodyOfAnotherClient_IsUnderstood()
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://{_models.Address}{new ModelBehaviour(0, 4, 1).ChatPath}"))
        {
            Content = JsonContent.Create(new { stream = true, stream_options = new { include_usage = true } }),
        };
        request.Headers.TransferEncodingChunked = true;
        using var response = await http.SendAsync(request, _stop.Token);
        var body = await response.Content.ReadAsStringAsync(_stop.Token);
        Assert.Contains("\"completion_tokens\":4", body);
        Assert.EndsWith("data: [DONE]\n\n", body);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Request_UnknownPath_Is404AndTheConnectionGoesOn()
    {
        using var connection = new LoadConnection(_models.Address);
        var wrong = await connection.AskAsync(ChatRequest.Serialize(_models.Address, "/v1/chat/completions", "{}"), _stop.Token);
        var right = await connection.AskAsync(ChatRequest.Serialize(_models.Address, new ModelBehaviour(0, 1, 0).ChatPath, "{}"), _stop.Token);
        Assert.Equal((404, 200, 1), (wrong.Status, right.Status, connection.Connects));
    }

    [Theory]
    [InlineData("/120-8-5/v1/chat/completions", 120, 8, 5)]
    [InlineData("/0-1-0/v1/chat/completions", 0, 1, 0)]
    public void Parse_PathOfABehaviour_IsIt(string path, int first, int tokens, int gap)
    {
        var behaviour = ModelBehaviour.Parse(Encoding.ASCII.GetBytes(path));
        Assert.Equal(new ModelBehaviour(first, tokens, gap), behaviour);
        Assert.Equal(path, behaviour!.Value.ChatPath);
    }

    [Fact]
    public async Task AskAsync_Opener_SaysNoTime()
    {
        var behaviour = new ModelBehaviour(1, 1, 0, Opens: true);
        using var connection = new LoadConnection(_models.Address);
        var answer = await connection.AskAsync(ChatRequest.Serialize(_models.Address, behaviour.ChatPath, ChatRequest.Body("m", isStreamed: true)), _stop.Token);
        Assert.Equal((200, 1, TimeSpan.Zero), (answer.Status, answer.Tokens, answer.Held));
        Assert.Equal(behaviour, ModelBehaviour.Parse(Encoding.ASCII.GetBytes(behaviour.ChatPath)));
    }

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/1-2/v1/chat/completions")]
    [InlineData("/1-0-1/v1/chat/completions")]
    [InlineData("/1-99999999-1/v1/chat/completions")]
    [InlineData("/1-2-3-4/v1/chat/completions")]
    public void Parse_OtherPath_IsNone(string path) => Assert.Null(ModelBehaviour.Parse(Encoding.ASCII.GetBytes(path)));

    [Fact]
    public async Task RunAsync_SeveralClients_CountsAnswersAndErrors()
    {
        using var loop = new ClosedLoop(_models.Address, 4);
        var request = ChatRequest.Serialize(_models.Address, new ModelBehaviour(1, 2, 0).ChatPath, ChatRequest.Body("m", isStreamed: true));
        var sample = await loop.RunAsync(request, 2, TimeSpan.FromMilliseconds(50), TimeSpan.Zero, _stop.Token);
        Assert.True(sample.FirstContent.Count >= 4 && sample.Errors == 0 && sample.PerSecond > 0);
        var wrong = await loop.RunAsync(request, 3, TimeSpan.FromMilliseconds(20), TimeSpan.Zero, _stop.Token);
        Assert.True(wrong.Errors >= 4 && wrong.FirstContent.Count == 0);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _models.Dispose();
        _stop.Dispose();
    }
}
