using Parley.Diagnostics;
using Parley.Governance;
using Parley.Resilience;
using Parley.Time;

namespace Parley.Core.Tests.Resilience;

/// <summary>What the breaker concludes from how calls end.</summary>
public sealed class EngineGuardTests
{
    private static readonly TimeSpan s_break = TimeSpan.FromSeconds(5);

    private readonly VirtualClock _clock = new();
    private readonly EngineGuard _guard;

    public EngineGuardTests()
    {
        var options = new ResilienceOptions();
        (options.Reply.MinimumCalls, options.Reply.FailureRatio, options.Reply.Break) = (3, 0.5, s_break);
        _guard = new EngineGuards(options, new GovernanceOptions(), _clock, new Random(1)).For(VoiceStage.Reply, "one");
    }

    [Fact]
    public async Task RunOnceAsync_CancelledCallsBetweenFailures_HideNothing()
    {
        for (var i = 0; i < 3; i++)
        {
            await EndAsync(new OperationCanceledException());
            await EndAsync(new OperationCanceledException());
            await EndAsync(Broken());
        }

        Assert.Equal(BreakerState.Open, _guard.State);
    }

    [Fact]
    public async Task RunOnceAsync_MostCallsSucceed_StaysClosed()
    {
        for (var i = 0; i < 6; i++)
        {
            await EndAsync(null);
            await EndAsync(i % 2 == 0 ? Broken() : null);
        }

        Assert.Equal(BreakerState.Closed, _guard.State);
    }

    [Fact]
    public async Task RunOnceAsync_TrialIsCancelled_TheNextCallIsATrialToo()
    {
        await BreakAsync();
        _clock.Advance(s_break);
        Assert.Equal(BreakerState.HalfOpen, _guard.State);

        await EndAsync(new OperationCanceledException());

        Assert.Equal(BreakerState.HalfOpen, _guard.State);
        Assert.True(_guard.IsDoubted);
        await EndAsync(Broken());
        Assert.Equal(BreakerState.Open, _guard.State);
    }

    [Fact]
    public async Task RunOnceAsync_TrialSucceeds_Closes()
    {
        await BreakAsync();
        _clock.Advance(s_break);

        await EndAsync(null);

        Assert.Equal((BreakerState.Closed, false), (_guard.State, _guard.IsDoubted));
    }

    [Fact]
    public async Task RunOnceAsync_EarlierCallSucceedsAfterTheBreak_StaysOpen()
    {
        var first = new TaskCompletionSource<bool>();
        var early = _guard.RunOnceAsync(static s => new ValueTask<bool>(s), first.Task, CancellationToken.None).AsTask();
        await BreakAsync();

        first.SetResult(true);

        Assert.True(await early);
        Assert.Equal(BreakerState.Open, _guard.State);
    }

    [Fact]
    public async Task RunOnceAsync_RefusedForLongThenForShort_TheLongRestStays()
    {
        await EndAsync(Refused(TimeSpan.FromMinutes(5)));
        await EndAsync(Refused(TimeSpan.FromSeconds(1)));

        Assert.Equal(TimeSpan.FromMinutes(5), _guard.RestLeft);
    }

    [Fact]
    public async Task RunAsync_FailsOnceThenServes_CountsBoth()
    {
        var calls = 0;

        var serving = _guard.RunAsync(
            _ => calls++ == 0 ? ValueTask.FromException<bool>(Broken()) : ValueTask.FromResult(true), 0, TimeSpan.FromSeconds(8), CancellationToken.None).AsTask();
        while (!serving.IsCompleted) { _clock.Advance(TimeSpan.FromMilliseconds(50)); }

        Assert.True(await serving);
        Assert.Equal((2, false), (calls, _guard.IsDoubted));
    }

    [Fact]
    public async Task ProbeAsync_ServerAnswersAfterTheRest_ClosesAndStaysDoubtedUntilACallSucceeds()
    {
        _guard.Probe = new Answering();
        await BreakAsync();
        _clock.Advance(s_break);

        await _guard.ProbeAsync(CancellationToken.None);

        Assert.Equal((BreakerState.Closed, true), (_guard.State, _guard.IsDoubted));
        await EndAsync(null);
        Assert.False(_guard.IsDoubted);
    }

    [Fact]
    public async Task ProbeAsync_ServerAnswersWhileCallsFail_HidesNothing()
    {
        _guard.Probe = new Answering();
        for (var i = 0; i < 3; i++)
        {
            for (var probe = 0; probe < 5; probe++) { await _guard.ProbeAsync(CancellationToken.None); }
            await EndAsync(Broken());
        }

        Assert.Equal(BreakerState.Open, _guard.State);
    }

    [Fact]
    public async Task RunOnceAsync_CallThrows_TheExceptionStillSaysWhere()
    {
        var failure = await Assert.ThrowsAsync<VoiceException>(() => _guard.RunOnceAsync(static _ => WhereItHappenedAsync(), 0, CancellationToken.None).AsTask());

        Assert.Contains(nameof(WhereItHappenedAsync), failure.StackTrace, StringComparison.Ordinal);

        static async ValueTask<bool> WhereItHappenedAsync()
        {
            await Task.CompletedTask;
            throw Broken();
        }
    }

    private async Task BreakAsync()
    {
        for (var i = 0; i < 3; i++) { await EndAsync(Broken()); }
        Assert.Equal(BreakerState.Open, _guard.State);
    }

    private async Task EndAsync(Exception? failure)
    {
        var call = _guard.RunOnceAsync(static e => e is null ? ValueTask.FromResult(true) : ValueTask.FromException<bool>(e), failure, CancellationToken.None).AsTask();
        Assert.Equal(failure, await Record.ExceptionAsync(() => call));
    }

    private static VoiceException Broken() => new(VoiceStage.Reply, "Broken.", isTransient: true);

    private sealed class Answering : IEngineProbe
    {
        public ValueTask ProbeAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }

    private static VoiceException Refused(TimeSpan wait)
    {
        var refusal = new VoiceException(VoiceStage.Reply, "Enough.", isTransient: true) { Class = FailureClass.Quota };
        refusal.Data[FailureRules.RetryAfterKey] = wait;
        return refusal;
    }
}
