using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Parley.Diagnostics;
using Parley.Governance;
using Parley.Pipeline;

namespace Parley.Tts.Caching;

/// <summary>Speaks beforehand what will probably be needed: one clause at a time, in the background, and only while nobody waits for speech.</summary>
/// <remarks>Thread-safe. <see cref="RunAsync"/> is its one loop; its owner awaits it. What comes too fast pushes out what is oldest.</remarks>
public sealed partial class SpeechPrefetcher
{
    /// <summary>How long it waits for a moment in which nobody waits for speech, and how often it looks for one.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10), s_pause = TimeSpan.FromMilliseconds(100);

    /// <summary>How long after the start the fixed lines have no turn, for the first conversations go first; and how far apart they are at least.</summary>
    private static readonly TimeSpan s_start = TimeSpan.FromSeconds(5), s_between = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a clause may take in all, from the wait for its turn to its last sample.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(2);

    private readonly SpeechCache _cache;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Channel<LikelyReplies> _expected;

    public SpeechPrefetcher(SpeechCache cache, TimeProvider time, ILogger<SpeechPrefetcher> logger)
    {
        ArgumentNullException.ThrowIfNull(cache);
        (_cache, _time, _logger) = (cache, time, logger);
        _expected = Channel.CreateBounded<LikelyReplies>(
            new BoundedChannelOptions(Math.Max(1, cache.Options.PrefetchQueue / 4)) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });
    }

    /// <summary>Notes what will probably be said. Returns at once.</summary>
    internal void Expect(LikelyReplies replies)
    {
        if (_cache.Options is { Enabled: true, PrefetchQueue: > 0 }) { _expected.Writer.TryWrite(replies); }
    }

    /// <summary>Speaks what is expected, until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var replies in _expected.Reader.ReadEachAsync(cancellationToken))
        {
            foreach (var clause in Clauses(replies))
            {
                if (!await TrySpeakAsync(replies.Synthesizer, new SpeechRequest(clause, replies.Voice, replies.Language, replies.Speed), cancellationToken)) { break; }
            }
        }
    }

    /// <summary>Speaks the fixed lines that are not there yet, up to one that fails. Called at the start: the first turns have the synthesiser for themselves.</summary>
    /// <param name="synthesizer">The synthesiser.</param>
    /// <param name="clauses">The clauses; they are declared as fixed.</param>
    /// <param name="language">BCP 47.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task PrefillAsync(ISpeechSynthesizer synthesizer, IReadOnlyCollection<string> clauses, string language, CancellationToken cancellationToken)
    {
        _cache.DeclareFixed(clauses);
        var began = _time.GetTimestamp();
        foreach (var clause in clauses)
        {
            var left = s_start - _time.GetElapsedTime(began);
            var request = new SpeechRequest(clause, Language: language) { Delay = left > s_between ? left : s_between };
            if (!await TrySpeakAsync(synthesizer, request, cancellationToken)) { return; }
        }
    }

    private IEnumerable<string> Clauses(LikelyReplies replies)
    {
        try
        {
            return [.. replies.Clauses()];
        }
#pragma warning disable CA1031 // A guess that cannot be made costs nobody anything.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFailed(_logger, VoiceStage.Reply, replies.Reply.GetType().Name, e.GetType().Name);
            return [];
        }
    }

    /// <summary>Has a clause spoken into the cache, unless it is there or somebody waits for speech all the time.</summary>
    /// <returns>False: the engine failed; the next clause would hardly fare better.</returns>
    private async Task<bool> TrySpeakAsync(ISpeechSynthesizer synthesizer, SpeechRequest request, CancellationToken cancellationToken)
    {
        if (_cache.Contains(SpeechKey.Of(synthesizer.Name, synthesizer.Voices, request)) || !await IsQuietAsync(cancellationToken)) { return true; }
        using var limit = new CancellationTokenSource(s_longest, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await foreach (var chunk in synthesizer.SynthesizeAsync(request with { Priority = CallPriority.Background }, stop.Token)) { _ = chunk; }
            return true;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return true; // It gave way to somebody who asked for the same.
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogFailed(_logger, VoiceStage.Tts, synthesizer.Name, e.GetType().Name);
            return false;
        }
    }

    private async Task<bool> IsQuietAsync(CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; _cache.IsBusy && waited < s_patience; waited += s_pause) { await Task.Delay(s_pause, _time, cancellationToken); }
        return !_cache.IsBusy;
    }

    // Not the message: it may tell what was to be said.
    [LoggerMessage(LogLevel.Debug, "Nothing was spoken beforehand: {Stage} engine {Engine} failed ({Failure})")]
    private static partial void LogFailed(ILogger logger, VoiceStage stage, string engine, string failure);
}
