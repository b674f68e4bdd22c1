using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Diagnostics;
using Parley.Quality;
using Parley.Server.Threading;
using Parley.Sessions;
using Parley.Sqlite.Figures;
using Parley.Timeline;
using Parley.Transports.Protocol;
using Parley.Turns;

namespace Parley.Server.Quality;

/// <summary>Writes down how sessions go, beside them: figures alone, never what was said.</summary>
/// <remarks>
/// Thread-safe. What is to be kept waits in a bounded queue for one loop, which writes it in batches; where that lags, or the disk fails, the oldest is lost and counted. Without a database nothing is kept,
/// and <see cref="Problem"/> says why.
/// </remarks>
internal sealed partial class FigureLog : BackgroundService, ISessionObserver, ITurnObserver
{
    private const int Capacity = 4_096, MaxBatch = 512, MaxName = 64, MaxStage = 32;

    /// <summary>What a client's event may be about; of others only that they are none of these is known, so they are left out.</summary>
    private static readonly HashSet<string> s_events = new(StringComparer.Ordinal) { "time_to_feedback", "session_length", "utterance_per_session", "drop_point_stage", "satisfaction" };

    private static readonly TimeSpan s_retentionPeriod = TimeSpan.FromHours(1);

    private readonly FigureOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Channel<FigureEntry> _entries;

    public FigureLog(FigureOptions options, ParleyMetrics metrics, TimeProvider time, ILogger<FigureLog> logger)
    {
        (_options, _time, _logger) = (options, time, logger);
        _entries = Channel.CreateBounded<FigureEntry>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, _ => metrics.TurnNotObserved());
        metrics.ObserveQueue("figures", () => _entries.Reader.Count);
        if (!options.Enabled)
        {
            Problem = "They are turned off (Parley:Figures).";
            return;
        }
        try
        {
            Store = SqliteFigureStore.Open(options);
        }
        catch (StoreException e)
        {
            Problem = e.Message;
            LogWithout(e.Message);
        }
    }

    /// <summary>What is kept; null: nothing.</summary>
    public SqliteFigureStore? Store { get; }

    /// <summary>Why nothing is kept; null: something is.</summary>
    public string? Problem { get; }

    public void OnBegan(BegunSession session) => Post(new SessionEntry(
        session.Id, _time.GetUtcNow(), session.LearnerId is { } learner ? LearnerKey.Of(learner) : null, session.Scenario, session.Variants));

    public void OnEvent(string sessionId, AnalyticsEvent told)
    {
        if (told.Name is not { Length: <= MaxName } name || !s_events.Contains(name)) { return; }
        var stage = told.Labels?.GetValueOrDefault("stage");
        Post(new EventEntry(sessionId, _time.GetUtcNow(), name, told.Value, stage is { Length: > MaxStage } ? stage[..MaxStage] : stage));
    }

    public void OnEnded(string sessionId) => Post(new EndEntry(sessionId, _time.GetUtcNow()));

    public Task OnTurnFinishedAsync(FinishedTurn turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        Post(new TurnEntry(turn.SessionId, _time.GetUtcNow(), turn.TurnId)
        {
            Clarity = turn.Transcript?.Confidence,
            FirstAudioMs = turn.Timings.FirstAudio?.TotalMilliseconds,
            IsCut = turn.HeardText.TrimEnd().Length < turn.ReplyText.TrimEnd().Length,
            IsUtterance = turn.UserText.Length > 0,
            Spoken = turn.UserSpoken,
            Heard = turn.HeardAudio,
            Audio = turn.UserSound,
        });
        return Task.CompletedTask;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (Store is not { } store) { return; }
        // Not on the thread that starts the server: the first batch may wait for the disk.
        await Task.Yield();
        await WriteAsync(store, stoppingToken).UntilStoppedAsync(stoppingToken);
    }

    /// <summary>What was posted before is written before this returns.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _entries.Writer.TryComplete();
        // One that was cancelled before it began has nothing to write.
        if (ExecuteTask is { } loop) { await loop.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); }
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        Store?.Dispose();
        base.Dispose();
    }

    private async Task WriteAsync(SqliteFigureStore store, CancellationToken stoppingToken)
    {
        var cleaned = DateTimeOffset.MinValue;
        var batch = new List<FigureEntry>(MaxBatch);
        while (await _entries.Reader.WaitToReadAsync(stoppingToken))
        {
            while (batch.Count < MaxBatch && _entries.Reader.TryRead(out var entry)) { batch.Add(entry); }
            Try(() => store.Write(batch));
            batch.Clear();
            if (_time.GetUtcNow() is var now && now - cleaned < s_retentionPeriod) { continue; }
            cleaned = now;
            Try(() => store.Delete(now - _options.Retention, _options.MaxSessions));
        }
    }

    private void Post(FigureEntry entry)
    {
        if (Store is not null) { _entries.Writer.TryWrite(entry); }
    }

    private void Try(Action write)
    {
        try { write(); }
        catch (StoreException e) { LogFailed(e.Message); }
    }

    [LoggerMessage(LogLevel.Error, "Figures are not kept. {Why}")]
    private partial void LogWithout(string why);

    [LoggerMessage(LogLevel.Warning, "Some figures were not kept. {Why}")]
    private partial void LogFailed(string why);
}
