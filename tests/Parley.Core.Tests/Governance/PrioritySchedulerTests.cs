using Parley.Diagnostics;
using Parley.Governance;
using Parley.Resilience;
using Parley.Time;

namespace Parley.Core.Tests.Governance;

public sealed class PrioritySchedulerTests
{
    private static readonly CallOrder s_background = new(CallPriority.Background);

    private readonly DeterministicScheduler _scheduler = new();
    private readonly GovernanceOptions _options = new() { InitialLimit = 1, MinLimit = 1, MaxLimit = 1, QueueCapacity = 4, InteractiveWait = TimeSpan.FromSeconds(20) };
    private readonly List<string> _served = [];

    [Fact]
    public async Task EnterAsync_PlaceIsFree_ReturnsAtOnceAndTakesItBackOnce()
    {
        var slots = Slots();

        var entered = slots.EnterAsync(default, TestContext.Current.CancellationToken).AsTask();

        Assert.True(entered.IsCompletedSuccessfully);
        Assert.Equal(1, slots.Read().InUse);
        var lease = await entered;
        lease.Dispose();
        lease.Dispose();
        Assert.Equal(0, slots.Read().InUse);
    }

    [Fact]
    public void EnterAsync_ManyWait_InteractiveGoesFirstAndShortBeforeLong()
    {
        var slots = Slots();
        Serve(slots, "first", default, 1_000);
        Serve(slots, "background", s_background, 10);
        Serve(slots, "long", new CallOrder(Size: TimeSpan.FromSeconds(30)), 10);
        Serve(slots, "short", new CallOrder(Size: TimeSpan.FromMilliseconds(300)), 10);

        _scheduler.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(["first", "short", "long", "background"], _served);
    }

    [Fact]
    public void EnterAsync_InteractiveNeverStops_BackgroundHasItsTurnWithinItsAge()
    {
        var slots = Slots();
        Serve(slots, "first", default, 100);
        Serve(slots, "background", s_background, 100);
        for (var i = 0; i < 100 && !_served.Contains("background"); i++)
        {
            Serve(slots, $"interactive {i}", default, 100);
            _scheduler.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Contains("background", _served);
        Assert.InRange(_scheduler.Clock.Elapsed, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(6));
    }

    [Fact]
    public void EnterAsync_QueueIsFull_TurnsTheNextAwayAndSaysWhenToComeBack()
    {
        var slots = Slots();
        for (var i = 0; i < 5; i++) { Serve(slots, $"{i}", default, 1_000); }

        var refusal = Assert.Throws<VoiceException>(() => { _ = slots.EnterAsync(default, TestContext.Current.CancellationToken).AsTask(); });

        Assert.Equal((FailureClass.Resource, true), (refusal.Class, refusal.IsTransient));
        Assert.NotNull(FailureRules.RetryAfterOf(refusal));
        Assert.Equal(1, slots.Read().Shed);
    }

    [Fact]
    public void EnterAsync_QueueIsFullOfBackground_AnInteractiveCallTakesTheLastOnesPlace()
    {
        var slots = Slots();
        Serve(slots, "first", default, 1_000);
        var waiting = Enumerable.Range(0, 4).Select(i => Serve(slots, $"background {i}", s_background, 10)).ToList();

        Serve(slots, "interactive", default, 10);
        _scheduler.Advance(TimeSpan.FromSeconds(2));

        Assert.True(waiting[3].IsFaulted);
        Assert.Equal(["first", "interactive", "background 0", "background 1", "background 2"], _served);
    }

    [Fact]
    public void EnterAsync_QueueIsFullOfDelayed_AnInteractiveCallTakesTheLastOnesPlace()
    {
        var slots = Slots();
        Serve(slots, "first", default, 500);
        var delayed = Enumerable.Range(1, 4).Select(i => Serve(slots, $"delayed {i}", s_background with { Delay = TimeSpan.FromSeconds(i) }, 10)).ToList();

        Serve(slots, "interactive", default, 10);
        _scheduler.Advance(TimeSpan.FromSeconds(10));

        Assert.True(delayed[3].IsFaulted);
        Assert.Equal(["first", "interactive", "delayed 1", "delayed 2", "delayed 3"], _served);
        Assert.Equal(1, slots.Read().Shed);
    }

    [Fact]
    public void EnterAsync_QueueIsFullOfDelayedAndWaiting_TheDelayedGiveWayFirst()
    {
        var slots = Slots();
        Serve(slots, "first", default, 500);
        var waiting = Enumerable.Range(0, 3).Select(i => Serve(slots, $"background {i}", s_background, 10)).ToList();
        var delayed = Serve(slots, "delayed", s_background with { Delay = TimeSpan.FromSeconds(1) }, 10);

        Serve(slots, "one", default, 10);
        Serve(slots, "two", default, 10);

        Assert.True(delayed.IsFaulted);
        Assert.Equal([false, false, true], waiting.Select(w => w.IsFaulted));
    }

    [Fact]
    public void EnterAsync_WaitsTooLong_IsTurnedAwayAndItsPlaceIsNotLost()
    {
        _options.InteractiveWait = TimeSpan.FromSeconds(1);
        var slots = Slots();
        Serve(slots, "first", default, 5_000);
        var late = Serve(slots, "late", default, 10);

        _scheduler.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(FailureClass.Resource, Assert.IsType<VoiceException>(late.Exception!.InnerException).Class);
        Assert.Equal((0, 0), (slots.Read().InUse, slots.Read().Waiting));
    }

    [Fact]
    public void EnterAsync_Delayed_HasNoTurnBefore()
    {
        var slots = Slots();
        Serve(slots, "later", new CallOrder(Delay: TimeSpan.FromSeconds(3)), 10);
        _scheduler.Advance(TimeSpan.FromSeconds(2));
        Assert.Empty(_served);

        _scheduler.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(["later"], _served);
    }

    [Fact]
    public async Task TakeBackForgotten_LeaseIsHeldForTooLong_IsTakenBackAndCounted()
    {
        var slots = Slots();
        var forgotten = await slots.EnterAsync(default, TestContext.Current.CancellationToken);

        _scheduler.Advance(_options.MaxLease + TimeSpan.FromSeconds(1));
        slots.TakeBackForgotten();
        forgotten.Dispose();
        _ = Serve(slots, "next", default, 10);
        _scheduler.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["next"], _served);

        Assert.Equal((0, 1L), (slots.Read().InUse, slots.Read().Forgotten));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void EnterAsync_AnyInterleaving_LosesNoPlaceAndStarvesNobody(int seed)
    {
        var random = new Random(seed);
        var options = new GovernanceOptions
        {
            InitialLimit = 3, MinLimit = 1, MaxLimit = 6, QueueCapacity = 50, InteractiveWait = TimeSpan.FromSeconds(30), BackgroundWait = TimeSpan.FromMinutes(5),
        };
        var slots = new PriorityScheduler(VoiceStage.Reply, "engine", options, _scheduler.Clock);
        var calls = new List<(Task Task, CancellationTokenSource Cancel)>();
        var longest = TimeSpan.Zero;
        for (var i = 0; i < 2_000; i++)
        {
            var cancel = new CancellationTokenSource();
            var order = new CallOrder(
                random.Next(3) == 0 ? CallPriority.Background : CallPriority.Interactive, TimeSpan.FromMilliseconds(random.Next(0, 5_000)),
                random.Next(10) == 0 ? TimeSpan.FromMilliseconds(random.Next(0, 500)) : TimeSpan.Zero);
            calls.Add((_scheduler.Start(() => UseAsync(order, cancel.Token)), cancel));
            if (random.Next(15) == 0) { calls[random.Next(calls.Count)].Cancel.Cancel(); }
            _scheduler.Advance(TimeSpan.FromMilliseconds(random.Next(0, 60)));
            Assert.InRange(slots.Read().Limit, 1, 6);
            Assert.InRange(slots.Read().Waiting, 0, 50);
        }

        _scheduler.Advance(TimeSpan.FromMinutes(1));

        Assert.All(calls, c => Assert.True(c.Task.IsCompleted));
        Assert.Equal((0, 0), (slots.Read().InUse, slots.Read().Waiting));
        // The ageing bound, and the time that those before it in a full queue take.
        Assert.InRange(longest, TimeSpan.Zero, options.BackgroundAge + options.LongAge + 50 * TimeSpan.FromMilliseconds(100));

        async Task UseAsync(CallOrder order, CancellationToken cancellationToken)
        {
            var since = _scheduler.Clock.Elapsed;
            try
            {
                await using var lease = await slots.EnterAsync(order, cancellationToken);
                var waited = _scheduler.Clock.Elapsed - since - order.Delay;
                if (waited > longest) { longest = waited; }
                var took = TimeSpan.FromMilliseconds(random.Next(1, 150));
                await Task.Delay(took, _scheduler.Clock, cancellationToken);
                if (random.Next(8) == 0) { lease.Lost(); } else { lease.Measured(took); }
                if (random.Next(10) == 0) { throw new InvalidOperationException("The holder fails."); }
            }
            catch (Exception e) when (e is OperationCanceledException or VoiceException or InvalidOperationException)
            {
            }
        }
    }

    private PriorityScheduler Slots() => new(VoiceStage.Reply, "engine", _options, _scheduler.Clock);

    private Task Serve(PriorityScheduler slots, string name, CallOrder order, int milliseconds) => _scheduler.Start(async () =>
    {
        await using var lease = await slots.EnterAsync(order, CancellationToken.None);
        _served.Add(name);
        await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), _scheduler.Clock);
    });
}
