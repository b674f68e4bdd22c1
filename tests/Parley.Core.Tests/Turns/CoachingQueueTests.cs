using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Diagnostics;
using Parley.Time;
using Parley.Transports.Protocol;
using Parley.Turns.Coaching;

namespace Parley.Core.Tests.Turns;

/// <summary>Who waits for the coach, and for whom.</summary>
public sealed class CoachingQueueTests
{
    private readonly DeterministicScheduler _scheduler = new();
    private readonly GatedCoach _coach = new();
    private readonly List<string> _told = [];

    [Fact]
    public void Post_AnotherSessionIsSlow_IsLookedAtMeanwhile()
    {
        var queue = Employ();
        Post(queue, "slow", "t1");
        Post(queue, "quick", "t1");
        _coach.Open("quick t1");
        _scheduler.RunUntilIdle();
        Assert.Equal(["quick t1"], _told);
    }

    [Fact]
    public void Post_TurnsAndAcksOfOneSession_StayInTheirOrder()
    {
        var queue = Employ();
        Post(queue, "a", "t1");
        queue.Post("a", "li", new FeedbackAck("t1-g0", FeedbackAction.Accepted));
        Post(queue, "a", "t2");
        _coach.Open("a t2");
        _scheduler.RunUntilIdle();
        Assert.Empty(_told);
        Assert.Empty(_coach.Acks);

        _coach.Open("a t1");
        _scheduler.RunUntilIdle();
        Assert.Equal(["a t1", "a t2"], _told);
        Assert.Equal("t1-g0", Assert.Single(_coach.Acks).ItemId);
    }

    [Fact]
    public void Post_MoreThanMayWait_DropsTheOldest()
    {
        var queue = Employ();
        for (var i = 0; i < CoachingQueue.Workers + CoachingQueue.Capacity + 1; i++) { Post(queue, $"s{i}", "t1"); }
        _scheduler.RunUntilIdle();
        for (var i = 0; i < CoachingQueue.Workers + CoachingQueue.Capacity + 1; i++) { _coach.Open($"s{i} t1"); }
        _scheduler.RunUntilIdle();
        Assert.Equal(CoachingQueue.Workers + CoachingQueue.Capacity, _told.Count);
        Assert.DoesNotContain($"s{CoachingQueue.Workers} t1", _told);
    }

    [Fact]
    public void Dispose_TurnsAreWaiting_WaitsUntilTheyWereLookedAt()
    {
        var queue = Employ();
        Post(queue, "a", "t1");
        Post(queue, "a", "t2");
        var disposal = Task.CompletedTask;
        _scheduler.Start(() => disposal = queue.DisposeAsync().AsTask());
        _scheduler.RunUntilIdle();
        Assert.False(disposal.IsCompleted);
        Post(queue, "a", "t3");
        _coach.Open("a t1");
        _coach.Open("a t2");
        _coach.Open("a t3");
        _scheduler.RunUntilIdle();
        Assert.True(disposal.IsCompletedSuccessfully);
        Assert.Equal(["a t1", "a t2"], _told);
    }

    private CoachingQueue Employ() => new(_coach, new ParleyMetrics(), NullLogger<CoachingQueue>.Instance, _scheduler.Clock);

    private void Post(CoachingQueue queue, string session, string turn)
    {
        _scheduler.Start(() =>
        {
            queue.Post(new SpokenTurn(session, turn, "hello", new SessionConfig()), lastSpeech: null, message => _told.Add($"{session} {((FeedbackFinal)message).TurnId}"));
            return Task.CompletedTask;
        });
        _scheduler.RunUntilIdle();
    }

    /// <summary>Looks at a turn until it is let go on.</summary>
    private sealed class GatedCoach : ITurnCoach
    {
        private readonly Dictionary<string, TaskCompletionSource> _gates = [];

        public List<FeedbackAck> Acks { get; } = [];

        public void Open(string turn) => Gate(turn).TrySetResult();

        public async IAsyncEnumerable<ServerMessage> CoachAsync(SpokenTurn turn, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Gate($"{turn.SessionId} {turn.TurnId}").Task.WaitAsync(cancellationToken);
            yield return new FeedbackFinal(turn.TurnId, turn.Text, 1);
        }

        public Task AcknowledgeAsync(string? learnerId, FeedbackAck ack, CancellationToken cancellationToken)
        {
            Acks.Add(ack);
            return Task.CompletedTask;
        }

        private TaskCompletionSource Gate(string turn) => _gates.TryGetValue(turn, out var gate) ? gate : _gates[turn] = new TaskCompletionSource();
    }
}
