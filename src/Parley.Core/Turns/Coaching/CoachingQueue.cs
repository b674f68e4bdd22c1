using Microsoft.Extensions.Logging;
using Parley.Diagnostics;
using Parley.Sessions;
using Parley.Transports.Protocol;

namespace Parley.Turns.Coaching;

/// <summary>Hands turns to the coach, off the audio path, and its feedback to their sessions. When the coach lags, the oldest turns are dropped and counted.</summary>
/// <remarks>Thread-safe. A session's turns are looked at in their order, those of several sessions side by side.</remarks>
public sealed partial class CoachingQueue : IAsyncDisposable
{
    /// <summary>Sessions whose turns are looked at side by side: what takes long there is waiting for a model or an aligner.</summary>
    public const int Workers = 8;

    /// <summary>Turns that may wait.</summary>
    public const int Capacity = 128;

    private static readonly TimeSpan s_perTurn = TimeSpan.FromSeconds(30);

    private readonly ITurnCoach _coach;
    private readonly ParleyMetrics _metrics;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly KeyedQueue _work;

    public CoachingQueue(ITurnCoach coach, ParleyMetrics metrics, ILogger<CoachingQueue> logger, TimeProvider time)
    {
        (_coach, _metrics, _logger, _time) = (coach, metrics, logger, time);
        _work = new KeyedQueue(Capacity, Workers, metrics.TurnNotObserved);
        metrics.ObserveQueue("coach", () => _work.Waiting);
    }

    /// <summary>A turn is probably over.</summary>
    /// <param name="turn">What was said so far.</param>
    public void Expect(SpokenTurn turn) => _coach.Expect(turn);

    /// <summary>A turn is understood.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="lastSpeech">When its last sample of speech was heard, a timestamp of the clock; null where it was typed.</param>
    /// <param name="tell">Sends a message to the session's client; throws <see cref="SessionEndedException"/> when that is over.</param>
    public void Post(SpokenTurn turn, long? lastSpeech, Action<ServerMessage> tell) => Add(turn.SessionId, limit => CoachAsync(turn, lastSpeech, tell, limit));

    /// <summary>The learner did something with an item of feedback; that is seen to behind the turns that their session posted before.</summary>
    public void Post(string sessionId, string? learnerId, FeedbackAck ack) => Add(sessionId, limit => _coach.AcknowledgeAsync(learnerId, ack, limit));

    /// <summary>Takes no more turns and waits until those taken were looked at.</summary>
    public async ValueTask DisposeAsync() => await _work.DrainAsync();

    private void Add(string sessionId, Func<CancellationToken, Task> work) => _work.Add(sessionId, async () =>
    {
        using var limit = new CancellationTokenSource(s_perTurn, _time);
        try
        {
            await work(limit.Token);
        }
#pragma warning disable CA1031 // The coach's failure is its own: the conversation goes on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFailed(e);
        }
    });

    private async Task CoachAsync(SpokenTurn turn, long? lastSpeech, Action<ServerMessage> tell, CancellationToken cancellationToken)
    {
        var (isFirst, isOver) = (true, false);
        await foreach (var feedback in _coach.CoachAsync(turn, cancellationToken))
        {
            // What is found after the session's end is still for the learner's record.
            if (isOver) { continue; }
            try
            {
                tell(feedback);
            }
            catch (SessionEndedException)
            {
                isOver = true;
            }
            if (isFirst && lastSpeech is { } spoken) { _metrics.FeedbackBegan(_time.GetElapsedTime(spoken)); }
            isFirst = false;
        }
    }

    [LoggerMessage(LogLevel.Error, "The coach failed on a turn.")]
    private partial void LogFailed(Exception exception);
}
