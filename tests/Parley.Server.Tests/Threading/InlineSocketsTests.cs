using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Parley.Core.Tests.OpenAICompatible;
using Parley.Diagnostics;
using Parley.Server.Tests.Api.Chat;
using Parley.Server.Tests.Hosting;
using Parley.Server.Threading;
using Parley.Testing;
using Parley.Testing.Transports;
using Parley.Transports.Protocol;

namespace Parley.Server.Tests.Threading;

/// <summary>Whatever blocks does so on the pool: the threads that watch the sockets, the tests' own among them, go on serving all others.</summary>
public sealed class InlineSocketsTests : IDisposable
{
    private readonly BlockedWork _work = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_HandlersBlock_OthersAreServed()
    {
        await using var app = await StartAsync();
        using var http = await ConnectAsync(app);

        var blocked = Many(() => http.GetAsync("/blocks", Cancellation));
        await BlockedAsync();

        Assert.Equal("ok", await http.GetStringAsync("/quick", Cancellation).WaitAsync(ConverseClient.Patience, Cancellation));
        _work.GoOn();
        await blocked;
    }

    [Fact]
    public async Task Request_HandlersBlockAfterTheirBodyCame_OthersAreServed()
    {
        await using var app = await StartAsync();
        using var http = await ConnectAsync(app);
        var rest = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var blocked = Many(() => http.PostAsync("/reads", new LateContent(rest.Task), Cancellation));
        await Eventually.TrueAsync(() => _reading == BlockedWork.Many);
        rest.SetResult();
        await BlockedAsync();

        Assert.Equal("ok", await http.GetStringAsync("/quick", Cancellation).WaitAsync(ConverseClient.Patience, Cancellation));
        _work.GoOn();
        await blocked;
    }

    [Fact]
    public async Task Chat_FallbackInThisProcessBlocksInMidAnswer_OthersAreServed()
    {
        Func<LoopbackServer.Exchange, Task> answer = WireChunks.AnswerAsync;
        await using var server = await GatewayServer.StartAsync(x => answer(x), spare: BreakOffAsync);
        (server.Scripted.FailsAfter, server.Scripted.Failure) = (0, () => { _work.Run(); return new VoiceException(VoiceStage.Reply, "Simulated."); });
        // The connections are open then, and the engines chosen: nothing has to go to the pool for them.
        await Many(AskAsync);
        answer = BreakOffAsync;

        var blocked = Many(AskAsync);
        await BlockedAsync();

        Assert.Equal("ok", await server.Http.GetStringAsync("/health/live", Cancellation).WaitAsync(ConverseClient.Patience, Cancellation));
        _work.GoOn();
        await blocked;

        async Task AskAsync()
        {
            using var response = await server.PostAsync(GatewayServer.Request(), cancellationToken: Cancellation);
            await response.Content.ReadAsStringAsync(Cancellation);
        }
    }

    [Fact]
    public async Task Session_SynthesisersBlock_OtherSessionsBegin()
    {
        await using var server = await TestServer.StartAsync(e => e.Voice = new BlockedSynthesizer(_work));
        for (var i = 0; i < BlockedWork.Many; i++) { await (await server.TalkAsync()).SendAsync(new TextInput("Hello.")); }
        await BlockedAsync();

        Assert.NotNull(await server.TalkAsync());
        _work.GoOn();
    }

    public void Dispose() => _work.Dispose();

    private int _reading;

    private static async Task BreakOffAsync(LoopbackServer.Exchange exchange)
    {
        await exchange.BeginEventsAsync();
        await exchange.EventAsync(WireChunks.Text("Well, "));
        exchange.Reset();
    }

    private async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.UseInlineSockets();
        var app = builder.Build();
        app.UsePool();
        app.MapGet("/quick", () => "ok");
        app.MapGet("/blocks", _work.Run);
        app.MapPost("/reads", async (HttpContext http) =>
        {
            Interlocked.Increment(ref _reading);
            await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
            _work.Run();
        });
        await app.StartAsync(Cancellation);
        return app;
    }

    /// <summary>A client with open connections: what comes on a new one may be there before anybody has to wait for it.</summary>
    private static async Task<HttpClient> ConnectAsync(WebApplication app)
    {
        var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        await Many(() => http.GetAsync("/quick", Cancellation));
        return http;
    }

    private static Task Many(Func<Task> work) => Task.WhenAll(Enumerable.Range(0, BlockedWork.Many).Select(_ => work()));

    private Task BlockedAsync() => Eventually.TrueAsync(() => _work.Begun >= BlockedWork.Many, () => $"{_work.Begun} of {BlockedWork.Many} were called.");

    private sealed class LateContent(Task come) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(new byte[1]);
            await stream.FlushAsync();
            await come;
            await stream.WriteAsync(new byte[1]);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 2;
            return true;
        }
    }
}
