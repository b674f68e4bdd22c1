using Parley.Diagnostics;
using Parley.Onnx.Vad;

namespace Parley.Engines.Tests.Onnx;

public sealed class SileroSchedulerTests : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    private readonly GatedEngine _engine = new(maxBatch: 3);
    private readonly SileroScheduler _scheduler;

    public SileroSchedulerTests() => _scheduler = new SileroScheduler(_engine, new SileroOptions { MaxStreams = 8 }, s_timeout);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _engine.Pass(100);
        _scheduler.Dispose();
    }

    [Fact]
    public async Task DetectAsync_EngineBusy_WaitsAndSharesARun()
    {
        var first = await OccupyAsync();
        var waiting = Enumerable.Range(1, 5).Select(i => Detect(_scheduler.Open(), 0.1f * i, Token)).ToArray();
        Assert.All(waiting, t => Assert.False(t.IsCompleted));
        _engine.Pass(3);
        Assert.Equal(0.5f, await first.WaitAsync(s_timeout, Token));
        var answers = await Task.WhenAll(waiting).WaitAsync(s_timeout, Token);
        for (var i = 0; i < 5; i++) { Assert.Equal(0.1f * (i + 1), answers[i], 0.0001f); }
        Assert.Equal([1, 3, 2], _engine.Batches);
    }

    [Fact]
    public async Task DetectAsync_ManyStreamsAndTheEngineIsIdle_WaitForEachOther()
    {
        using var engine = new GatedEngine(maxBatch: 3);
        engine.Pass(100);
        using var scheduler = new SileroScheduler(engine, new SileroOptions { MaxStreams = 8, GatherFrom = 3, Gather = s_timeout }, s_timeout);
        var streams = Enumerable.Range(0, 3).Select(_ => scheduler.Open()).ToArray();

        // A full batch waits no longer.
        var answers = await Task.WhenAll(streams.Select((s, i) => Detect(s, 0.1f * i, Token))).WaitAsync(s_timeout, Token);

        Assert.Equal([0, 0.1f, 0.2f], answers.Select(a => MathF.Round(a, 3)));
        Assert.Equal([3], engine.Batches);
    }

    [Fact]
    public async Task DetectAsync_NobodyElseComes_IsAnsweredAfterTheWait()
    {
        using var engine = new GatedEngine(maxBatch: 3);
        engine.Pass(100);
        using var scheduler = new SileroScheduler(engine, new SileroOptions { MaxStreams = 8, GatherFrom = 1, Gather = TimeSpan.FromMilliseconds(1) }, s_timeout);

        Assert.Equal(0.3f, await Detect(scheduler.Open(), 0.3f, Token).WaitAsync(s_timeout, Token), 0.0001f);
        Assert.Equal([1], engine.Batches);
    }

    [Fact]
    public async Task DetectAsync_CancelledWhileWaiting_ThrowsAtOnceAndIsNotJudged()
    {
        var first = await OccupyAsync();
        using var cancellation = new CancellationTokenSource();
        var stream = _scheduler.Open();
        var waiting = Detect(stream, 0.2f, cancellation.Token);
        await cancellation.CancelAsync();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(s_timeout, Token));
        Assert.Equal(cancellation.Token, error.CancellationToken);

        var again = Detect(stream, 0.3f, Token);
        _engine.Pass(2);
        Assert.Equal(0.5f, await first.WaitAsync(s_timeout, Token));
        Assert.Equal(0.3f, await again.WaitAsync(s_timeout, Token), 0.0001f);
        Assert.Equal([1, 1], _engine.Batches);
    }

    [Fact]
    public async Task DetectAsync_CancelledWhileRunning_IsAnswered()
    {
        var first = await OccupyAsync();
        using var cancellation = new CancellationTokenSource();
        var waiting = Detect(_scheduler.Open(), 0.2f, cancellation.Token);
        _engine.Pass();
        await first.WaitAsync(s_timeout, Token);
        Assert.True(await _engine.BegunAsync(Token));
        await cancellation.CancelAsync();
        _engine.Pass();
        Assert.Equal(0.2f, await waiting.WaitAsync(s_timeout, Token), 0.0001f);
    }

    [Fact]
    public async Task DetectAsync_BeforeTheLastAnswer_Throws()
    {
        var first = await OccupyAsync();
        var stream = _scheduler.Open();
        var waiting = Detect(stream, 0.2f, Token);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Detect(stream, 0.3f, Token));
        _engine.Pass(2);
        await first.WaitAsync(s_timeout, Token);
        Assert.Equal(0.2f, await waiting.WaitAsync(s_timeout, Token), 0.0001f);
    }

    [Fact]
    public async Task DetectAsync_EngineFails_EveryCallerOfTheRunLearnsIt()
    {
        var first = await OccupyAsync();
        var streams = new[] { _scheduler.Open(), _scheduler.Open() };
        var waiting = streams.Select(s => Detect(s, 0.2f, Token)).ToArray();
        _engine.Error = new VoiceException(VoiceStage.Vad, "broken");
        _engine.Pass(2);
        foreach (var task in waiting.Append(first))
        {
            Assert.Equal("broken", (await Assert.ThrowsAsync<VoiceException>(() => task.WaitAsync(s_timeout, Token))).Message);
        }
        _engine.Error = null;
        _engine.Pass();
        Assert.Equal(0.4f, await Detect(streams[0], 0.4f, Token).WaitAsync(s_timeout, Token), 0.0001f);
    }

    [Fact]
    public async Task StreamDispose_WhileWaiting_FailsItsCallOnly()
    {
        var first = await OccupyAsync();
        var (closed, open) = (_scheduler.Open(), _scheduler.Open());
        var (closedCall, openCall) = (Detect(closed, 0.2f, Token), Detect(open, 0.3f, Token));
        closed.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => closedCall.WaitAsync(s_timeout, Token));
        _engine.Pass(2);
        await first.WaitAsync(s_timeout, Token);
        Assert.Equal(0.3f, await openCall.WaitAsync(s_timeout, Token), 0.0001f);
    }

    [Fact]
    public async Task Dispose_WhileRunning_FailsWhatWaitsAndFreesTheEngineAfterTheRun()
    {
        var first = await OccupyAsync();
        var waiting = Detect(_scheduler.Open(), 0.2f, Token);
        var disposal = Task.Run(_scheduler.Dispose, Token);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting.WaitAsync(s_timeout, Token));
        Assert.False(_engine.IsDisposed);
        _engine.Pass();
        Assert.Equal(0.5f, await first.WaitAsync(s_timeout, Token));
        await disposal.WaitAsync(s_timeout, Token);
        Assert.True(_engine.IsDisposed);
        Assert.Throws<ObjectDisposedException>(() => _scheduler.Open());
    }

    [Fact]
    public void Open_AllStreamsInUse_IsATransientFailure()
    {
        var streams = Enumerable.Range(0, 8).Select(_ => _scheduler.Open()).ToArray();
        Assert.True(Assert.Throws<VoiceException>(() => _scheduler.Open()).IsTransient);
        streams[0].Dispose();
        using var freed = _scheduler.Open();
        Assert.Throws<VoiceException>(() => _scheduler.Open());
    }

    private async Task<Task<float>> OccupyAsync()
    {
        var stream = _scheduler.Open();
        var call = Task.Run(() => Detect(stream, 0.5f, Token), Token);
        Assert.True(await _engine.BegunAsync(Token));
        return call;
    }

    private static async Task<float> Detect(SileroStream stream, float answer, CancellationToken cancellationToken)
    {
        var window = new short[SileroModel.Window];
        window[0] = (short)(answer * 32768);
        return await stream.DetectAsync(window, cancellationToken);
    }
}
