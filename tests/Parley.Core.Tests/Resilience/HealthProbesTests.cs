using Parley.Diagnostics;
using Parley.Governance;
using Parley.Resilience;
using Parley.Time;

namespace Parley.Core.Tests.Resilience;

public sealed class HealthProbesTests
{
    private readonly DeterministicScheduler _scheduler = new();
    private readonly ResilienceOptions _options = new();
    private readonly EngineGuards _guards;
    private readonly Probe _probe = new();
    private readonly EngineGuard _guard;

    public HealthProbesTests()
    {
        _guards = new EngineGuards(_options, new GovernanceOptions(), _scheduler.Clock, new Random(1));
        _guard = _guards.For(VoiceStage.Reply, "server", isLocal: false, _probe);
    }

    [Fact]
    public void RunAsync_EngineRests_NobodyButTheProbeTriesItAndItComesBack()
    {
        using var stop = new CancellationTokenSource();
        var probing = _scheduler.Start(() => new HealthProbes(_guards, _options.ProbeInterval, _scheduler.Clock).RunAsync(stop.Token));
        _probe.Fails = true;
        for (var i = 0; i < 3; i++) { _guard.Report(new VoiceException(VoiceStage.Reply, "Broken.")); }
        Assert.Equal(BreakerState.Open, _guard.State);

        _scheduler.Advance(TimeSpan.FromSeconds(30));
        Assert.False(_guard.CanServe);
        Assert.InRange(_probe.Calls, 2, 10);

        _probe.Fails = false;
        _scheduler.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal((BreakerState.Closed, true), (_guard.State, _guard.CanServe));
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => _scheduler.Run(probing, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void RunAsync_ProbeHangs_CountsAsAFailureAfterTheTimeout()
    {
        using var stop = new CancellationTokenSource();
        _probe.Hangs = true;
        _ = _scheduler.Start(() => new HealthProbes(_guards, _options.ProbeInterval, _scheduler.Clock).RunAsync(stop.Token));

        _scheduler.Advance(TimeSpan.FromSeconds(60));

        Assert.True(_guard.IsDoubted);
        Assert.InRange(_probe.Calls, 2, 12);
        stop.Cancel();
    }

    [Fact]
    public async Task RunAsync_EngineIsAtWork_IsAskedOnlyWhenItHasDone()
    {
        using var stop = new CancellationTokenSource();
        var work = await _guard.Slots.EnterAsync(default, stop.Token);
        _ = _scheduler.Start(() => new HealthProbes(_guards, _options.ProbeInterval, _scheduler.Clock).RunAsync(stop.Token));

        _scheduler.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(0, _probe.Calls);

        work.Dispose();
        _scheduler.Advance(TimeSpan.FromSeconds(30));
        Assert.InRange(_probe.Calls, 1, 10);
        await stop.CancelAsync();
    }

    private sealed class Probe : IEngineProbe
    {
        public bool Fails { get; set; }

        public bool Hangs { get; set; }

        public int Calls { get; private set; }

        public async ValueTask ProbeAsync(CancellationToken cancellationToken = default)
        {
            Calls++;
            if (Hangs) { await new TaskCompletionSource().Task.WaitAsync(cancellationToken); }
            if (Fails) { throw new VoiceException(VoiceStage.Reply, "Still broken."); }
        }
    }
}
