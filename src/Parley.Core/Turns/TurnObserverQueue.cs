using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Parley.Pipeline;
using Parley.Diagnostics;

namespace Parley.Turns;

/// <summary>Hands finished turns to the observers, off the audio path. When observers lag, the oldest turns are dropped and counted.</summary>
public sealed partial class TurnObserverQueue : IAsyncDisposable
{
    private const int Capacity = 256;
    private static readonly TimeSpan s_perTurn = TimeSpan.FromSeconds(30);

    private readonly Channel<FinishedTurn> _turns;
    private readonly IReadOnlyList<ITurnObserver> _observers;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly Task _loop;

    public TurnObserverQueue(IEnumerable<ITurnObserver> observers, ParleyMetrics metrics, ILogger<TurnObserverQueue> logger, TimeProvider time)
    {
        _observers = [.. observers];
        _logger = logger;
        _time = time;
        _turns = Channel.CreateBounded<FinishedTurn>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ => metrics.TurnNotObserved());
        metrics.ObserveQueue("observers", () => _turns.Reader.Count);
        _loop = RunAsync();
    }

    public void Post(FinishedTurn turn) => _turns.Writer.TryWrite(turn);

    /// <summary>Takes no more turns and waits until those taken were observed.</summary>
    public async ValueTask DisposeAsync()
    {
        _turns.Writer.TryComplete();
        await _loop;
    }

    private async Task RunAsync()
    {
        await foreach (var turn in _turns.Reader.ReadEachAsync())
        {
            foreach (var observer in _observers)
            {
                using var limit = new CancellationTokenSource(s_perTurn, _time);
                try
                {
                    await observer.OnTurnFinishedAsync(turn, limit.Token);
                }
#pragma warning disable CA1031 // An observer's failure is its own: the conversation and the other observers go on.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    LogFailed(observer.GetType().Name, turn.TurnId, e);
                }
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Observer {Observer} failed on turn {TurnId}.")]
    private partial void LogFailed(string observer, string turnId, Exception exception);
}
