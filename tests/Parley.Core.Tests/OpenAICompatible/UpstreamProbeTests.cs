using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Parley.Diagnostics;
using Parley.OpenAICompatible.Asr;
using Parley.OpenAICompatible.Chat;
using Parley.OpenAICompatible.Http;
using Parley.OpenAICompatible.Tts;
using Parley.Policy;
using Parley.Resilience;
using Parley.Resilience.Chains;
using Parley.Testing;
using Parley.Testing.Simulated;
using Parley.Time;

namespace Parley.Core.Tests.OpenAICompatible;

/// <summary>Engines on a real server that dies and comes back: nobody has to call them to find out.</summary>
public sealed class UpstreamProbeTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(200)]
    [InlineData(302)]
    [InlineData(401)]
    [InlineData(404)]
    public async Task ProbeAsync_ServerAnswers_Returns(int status)
    {
        await using var server = await ModelServer.StartAsync(context => AnswerAsync(context, status));
        foreach (var (_, probe) in Engines(server.BaseUrl)) { await probe.ProbeAsync(Cancellation); }
    }

    [Theory]
    [InlineData(429, FailureClass.Quota)]
    [InlineData(500, FailureClass.Dependency)]
    [InlineData(503, FailureClass.Dependency)]
    public async Task ProbeAsync_ServerIsNotAbleTo_ThrowsForTheEnginesStage(int status, FailureClass kind)
    {
        await using var server = await ModelServer.StartAsync(context => AnswerAsync(context, status));
        foreach (var (stage, probe) in Engines(server.BaseUrl))
        {
            var failure = await Assert.ThrowsAsync<VoiceException>(() => probe.ProbeAsync(Cancellation).AsTask());
            Assert.Equal((stage, kind), (failure.Stage, failure.Class));
        }
    }

    [Fact]
    public async Task ProbeAsync_NobodyListens_Throws()
    {
        Uri gone;
        await using (var server = await ModelServer.StartAsync(_ => Task.CompletedTask)) { gone = server.BaseUrl; }
        foreach (var (_, probe) in Engines(gone)) { await Assert.ThrowsAsync<VoiceException>(() => probe.ProbeAsync(Cancellation).AsTask()); }
    }

    [Fact]
    public async Task ProbeAsync_ServerIsSilent_ThrowsAfterItsPatience()
    {
        await using var server = await ModelServer.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        var clock = new VirtualClock();
        var probing = Engines(server.BaseUrl, clock)[0].Probe.ProbeAsync(Cancellation).AsTask();
        await clock.WaitForTimersAsync(1, Cancellation).WaitAsync(s_patience, Cancellation);
        clock.Advance(TimeSpan.FromSeconds(5));
        await clock.FireUntilAsync(probing);
        Assert.Equal(FailureClass.Network, (await Assert.ThrowsAsync<VoiceException>(() => probing)).Class);
    }

    [Fact]
    public async Task Chain_ServerDiesAndComesBack_ReturnsToItWithoutACallThatFindsOut()
    {
        var (isDead, calls) = (false, 0);
        await using var server = await ModelServer.StartAsync(async context =>
        {
            if (HttpMethods.IsPost(context.Request.Method)) { Interlocked.Increment(ref calls); }
            if (Volatile.Read(ref isDead)) { context.Abort(); return; }
            await AnswerAsync(context, 200);
        });
        var options = new ResilienceOptions { ProbeInterval = TimeSpan.FromMilliseconds(100) };
        (options.Reply.Retries, options.Reply.Break) = (0, TimeSpan.FromMilliseconds(500));
        var chains = new EngineChains(options, TimeProvider.System);
        using var first = new OpenAIChatClient("first", new ChatEngineOptions(), Pool(server.BaseUrl, null).Lease("models"));
        using var second = new SimulatedChatClient(TimeProvider.System) { Texts = ["Second."] };
        using var chain = chains.Chat([Handle("first", first), Handle("second", second)]);
        using var stop = new CancellationTokenSource();
        var probing = new HealthProbes(chains.Guards, options.ProbeInterval, TimeProvider.System).RunAsync(stop.Token);
        Assert.Equal("Hello.", await AskAsync(chain));
        var guard = chains.Guards.Find(VoiceStage.Reply, "first")!;

        Volatile.Write(ref isDead, true);
        Assert.Equal("Second.", await AskAsync(chain));
        await Eventually.TrueAsync(() => guard.State != BreakerState.Closed);
        Volatile.Write(ref isDead, false);
        var before = Volatile.Read(ref calls);
        await Eventually.TrueAsync(() => guard.State == BreakerState.Closed);

        // The list of models is no call: until one succeeds, the next engine is asked beside it.
        Assert.Equal((before, true), (Volatile.Read(ref calls), guard.IsDoubted));
        second.FirstTokenLatency = s_patience;
        Assert.Equal("Hello.", await AskAsync(chain).WaitAsync(s_patience, Cancellation));
        Assert.False(guard.IsDoubted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probing);
    }

    private static EngineHandle<IChatClient> Handle(string name, IChatClient client) => new(name, client, new EngineAttributes(), new EngineTelemetry());

    private static async Task<string> AskAsync(IChatClient client) => (await client.GetResponseAsync("Hello?", cancellationToken: Cancellation)).Text;

    private static UpstreamPool Pool(Uri url, TimeProvider? clock) =>
        UpstreamPool.Of("models", new UpstreamOptions { BaseUrl = url, WarmConnections = 0 }, clock);

    private static (VoiceStage Stage, IEngineProbe Probe)[] Engines(Uri url, TimeProvider? clock = null)
    {
        var pool = Pool(url, clock);
        return
        [
            (VoiceStage.Reply, new OpenAIChatClient("one", new ChatEngineOptions(), pool.Lease("models"), clock)),
            (VoiceStage.Asr, new TranscriptionRecognizer("two", new TranscriptionEngineOptions(), pool.Lease("models"), clock)),
            (VoiceStage.Tts, new SpeechSynthesizer("three", new SpeechEngineOptions(), pool.Lease("models"), clock)),
        ];
    }

    private static Task AnswerAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        if (!HttpMethods.IsPost(context.Request.Method)) { return context.Response.WriteAsJsonAsync(new { data = Array.Empty<string>() }); }
        context.Response.ContentType = "text/event-stream";
        return context.Response.WriteAsync($"data: {Chunks.Text("Hello.")}\n\ndata: {Chunks.Finish()}\n\ndata: [DONE]\n\n");
    }
}
