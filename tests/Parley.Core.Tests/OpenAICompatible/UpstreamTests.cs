using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.AI;
using Parley.Diagnostics;
using Parley.OpenAICompatible.Chat;
using Parley.OpenAICompatible.Http;
using Parley.Resilience;
using Parley.Testing;
using Parley.Time;

namespace Parley.Core.Tests.OpenAICompatible;

/// <summary>Connections to a real server: when they are made, how many, and by whom they are shared.</summary>
public sealed class UpstreamTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lease_First_OpensTheWarmConnectionsBeforeAnyCall()
    {
        await using var server = await ModelServer.StartAsync(AnswerAsync);
        using var lease = Pool(server, o => o.WarmConnections = 3).Lease("models");

        await lease.Upstream.Warm.WaitAsync(s_patience, Cancellation);

        Assert.Equal(3, lease.Upstream.ConnectionsOpen);
        Assert.Equal(3, server.Connections);
    }

    [Fact]
    public async Task Calls_AfterWarming_MakeNoConnection()
    {
        await using var server = await ModelServer.StartAsync(AnswerAsync);
        var pool = Pool(server, o => o.WarmConnections = 2);
        using var one = Client(pool, "one");
        using var two = Client(pool, "two");
        using var lease = pool.Lease("models");
        await lease.Upstream.Warm.WaitAsync(s_patience, Cancellation);
        var before = (lease.Upstream.ConnectionsOpened, server.Connections);

        for (var turn = 0; turn < 20; turn++)
        {
            await Task.WhenAll(AskAsync(one), AskAsync(two));
        }

        Assert.Equal((2L, 2), before);
        Assert.Equal(before, (lease.Upstream.ConnectionsOpened, server.Connections));
    }

    [Fact]
    public async Task Call_Abandoned_ItsConnectionIsReplacedOutsideTheTurn()
    {
        await using var server = await ModelServer.StartAsync(AnswerAsync);
        var pool = Pool(server, o => o.WarmConnections = 1);
        using var client = Client(pool, "one");
        using var lease = pool.Lease("models");
        await lease.Upstream.Warm.WaitAsync(s_patience, Cancellation);

        await foreach (var _ in client.GetStreamingResponseAsync([new(ChatRole.User, "slowly")], null, Cancellation)) { break; }
        await Eventually.TrueAsync(() => lease.Upstream is { ConnectionsOpened: 2, ConnectionsOpen: 1, Warmth.Rounds: 2 });
        await AskAsync(client);

        Assert.Equal(2, lease.Upstream.ConnectionsOpened);
    }

    [Fact]
    public async Task Calls_Http2WithoutTls_ShareOneConnection()
    {
        await using var server = await ModelServer.StartAsync(AnswerAsync, HttpProtocols.Http2);
        var pool = Pool(server, o => (o.HttpVersion, o.WarmConnections) = ("2", 4));
        using var client = Client(pool, "one");
        using var lease = pool.Lease("models");
        await lease.Upstream.Warm.WaitAsync(s_patience, Cancellation);

        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => AskAsync(client)));

        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task Lease_Last_ClosesTheConnections()
    {
        await using var server = await ModelServer.StartAsync(AnswerAsync);
        var pool = Pool(server, o => o.WarmConnections = 2);
        var (first, second) = (pool.Lease("models"), pool.Lease("models"));
        Assert.Same(first.Upstream, second.Upstream);
        await first.Upstream.Warm.WaitAsync(s_patience, Cancellation);

        first.Dispose();
        first.Dispose();
        Assert.Equal(2, second.Upstream.ConnectionsOpen);
        second.Dispose();

        await Eventually.TrueAsync(() => second.Upstream.ConnectionsOpen == 0);
        using var again = pool.Lease("models");
        Assert.NotSame(first.Upstream, again.Upstream);
    }

    [Fact]
    public async Task Warm_MayHaveFewerConnections_UsesThoseAndDoesNotWaitForMore()
    {
        await using var server = await ModelServer.StartAsync(AnswerAsync);
        // A clock that stands: nothing ends by running out of patience.
        using var lease = UpstreamPool.Of("models", new UpstreamOptions { BaseUrl = server.BaseUrl, MaxConnections = 1 }, new VirtualClock()).Lease("models");

        await lease.Upstream.Warm.WaitAsync(s_patience, Cancellation);

        Assert.Equal(1, lease.Upstream.ConnectionsOpen);
    }

    [Fact]
    public async Task Warm_NobodyListens_EndsAndIsNobodysFailure()
    {
        using var nobody = new DeafPort();
        using var lease = UpstreamPool.Of("gone", new UpstreamOptions { BaseUrl = nobody.BaseUrl }).Lease("gone");
        await lease.Upstream.Warm.WaitAsync(s_patience, Cancellation);
        Assert.Equal(0, lease.Upstream.ConnectionsOpen);
    }

    [Fact]
    public async Task Engine_Local_LoadsItsModelWithOneToken()
    {
        var asked = new ConcurrentQueue<string>();
        await using var server = await ModelServer.StartAsync(async context =>
        {
            if (HttpMethods.IsPost(context.Request.Method)) { asked.Enqueue(await new StreamReader(context.Request.Body).ReadToEndAsync(Cancellation)); }
            await AnswerAsync(context);
        });
        var options = new ChatEngineOptions { Model = "m", Attributes = { Local = true } };
        using var client = new OpenAIChatClient("one", options, Pool(server, _ => { }).Lease("models"));

        await Eventually.TrueAsync(() => !asked.IsEmpty);

        Assert.Contains("\"max_tokens\":1,", Assert.Single(asked), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_WithIdempotencyKey_SendsItAlong()
    {
        var keys = new ConcurrentQueue<string?>();
        await using var server = await ModelServer.StartAsync(context =>
        {
            if (HttpMethods.IsPost(context.Request.Method)) { keys.Enqueue(context.Request.Headers[IdempotencyKey.Header]); }
            return AnswerAsync(context);
        });
        using var client = Client(Pool(server, _ => { }), "one");

        await client.GetResponseAsync("Hello", new ChatOptions { AdditionalProperties = new() { [IdempotencyKey.Property] = "k-1" } }, Cancellation);
        await AskAsync(client);

        Assert.Equal(["k-1", null], keys);
    }

    [Theory]
    [InlineData("https://api.openai.com/v1", null, "OPENAI_API_KEY")]
    [InlineData("https://api.openai.com.evil.example/v1", null, null)]
    [InlineData("https://openrouter.ai/api/v1", null, null)]
    [InlineData("http://localhost:11434/v1", null, null)]
    [InlineData("https://api.deepseek.com/v1", "DEEPSEEK_API_KEY", "DEEPSEEK_API_KEY")]
    public void Key_NoneIsSet_IsReadForItsServerAlone(string url, string? named, string? variable) =>
        Assert.Equal(variable, UpstreamKey.VariableOf(new UpstreamOptions { BaseUrl = new Uri(url), ApiKeyEnvironmentVariable = named }));

    [Fact]
    public void Probe_NamedVariableIsNotSet_SaysWhichToSet()
    {
        var pool = UpstreamPool.Of("far", new UpstreamOptions { BaseUrl = new Uri("https://far.example/v1"), ApiKeyEnvironmentVariable = "PARLEY_TEST_NO_SUCH_KEY" });
        var status = OpenAIChatEngine.Registration("far", new ChatEngineOptions(), pool).Probe();
        Assert.False(status.Available);
        Assert.Equal("Set PARLEY_TEST_NO_SUCH_KEY.", status.Remedy);
    }

    [Theory]
    [InlineData(400, FailureClass.UserInput)]
    [InlineData(401, FailureClass.Dependency)]
    [InlineData(404, FailureClass.Dependency)]
    [InlineData(402, FailureClass.Quota)]
    [InlineData(429, FailureClass.Quota)]
    [InlineData(500, FailureClass.Dependency)]
    [InlineData(504, FailureClass.Network)]
    public async Task Call_Refused_SaysWhatKindOfFailureItIs(int status, FailureClass expected)
    {
        await using var server = await ModelServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        using var client = Client(Pool(server, _ => { }), "one");
        Assert.Equal(expected, (await Assert.ThrowsAsync<VoiceException>(() => AskAsync(client))).Class);
    }

    private static UpstreamPool Pool(ModelServer server, Action<UpstreamOptions> configure)
    {
        var options = new UpstreamOptions { BaseUrl = server.BaseUrl };
        configure(options);
        return UpstreamPool.Of("models", options);
    }

    /// <summary>Its clock stands still: on a busy machine, the end of an answer may come later than a client waits for it to keep the connection.</summary>
    private static OpenAIChatClient Client(UpstreamPool pool, string name) => new(name, new ChatEngineOptions(), pool.Lease("models"), new VirtualClock());

    private static async Task AskAsync(OpenAIChatClient client) =>
        Assert.Equal("Hello.", (await client.GetResponseAsync("Hello?", cancellationToken: Cancellation).WaitAsync(s_patience, Cancellation)).Text);

    private static async Task AnswerAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            await context.Response.WriteAsJsonAsync(new { data = Array.Empty<string>() });
            return;
        }
        var isSlow = (await new StreamReader(context.Request.Body).ReadToEndAsync(context.RequestAborted)).Contains("slowly", StringComparison.Ordinal);
        context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync($"data: {Chunks.Text("Hello.")}\n\n");
        await context.Response.Body.FlushAsync(context.RequestAborted);
        if (isSlow) { await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default); }
        await context.Response.WriteAsync($"data: {Chunks.Finish()}\n\ndata: [DONE]\n\n");
    }
}
