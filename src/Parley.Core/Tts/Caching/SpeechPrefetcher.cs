using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Parley.Diagnostics;
using Parley.Governance;
using Parley.Pipeline;

namespace Parley.Tts.Caching;

/// <summary>Speaks beforehand what will probably be needed, one clause at a time, and only while nobody waits for speech.</summary>
/// <remarks>Thread-safe. <see cref="RunAsync"/> is its one loop; its owner awaits it. What comes too fast pushes out what is oldest.</remarks>
public sealed partial class SpeechPrefetcher
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100), s_patience = TimeSpan.FromSeconds(10);

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
                await SpeakAsync(replies.Synthesizer, new SpeechRequest(clause, replies.Voice, replies.Language), cancellationToken);
            }
        }
    }

    /// <summary>Speaks the fixed lines that are not there yet.</summary>
    /// <param name="synthesizer">The synthesiser.</param>
    /// <param name="clauses">The clauses; they are declared as fixed.</param>
    /// <param name="language">BCP 47.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task PrefillAsync(ISpeechSynthesizer synthesizer, IReadOnlyCollection<string> clauses, string language, CancellationToken cancellationToken)
    {
        _cache.DeclareFixed(clauses);
        foreach (var clause in clauses)
        {
            if (!await SpeakAsync(synthesizer, new SpeechRequest(clause, Language: language), cancellationToken)) { return; }
            // Leaves the processor to others in between.
            await Task.Delay(s_pause, _time, cancellationToken);
        }
    }

    private IEnumerable<string> Clauses(LikelyReplies replies)
    {
        try
        {
            return [.. replies.Clauses()];
        }
        catch (Exception e) when (e is VoiceException or ArgumentException or InvalidOperationException)
        {
            // A guess that cannot be made costs nobody anything.
            LogNotForeseen(_logger, e.Message);
            return [];
        }
    }

    /// <summary>Has the synthesiser speak into the cache.</summary>
    /// <returns>False: it failed.</returns>
    private async Task<bool> SpeakAsync(ISpeechSynthesizer synthesizer, SpeechRequest request, CancellationToken cancellationToken)
    {
        if (_cache.Contains(SpeechKey.Of(synthesizer.Name, synthesizer.Voices, request))) { return true; }
        for (var waited = TimeSpan.Zero; _cache.IsBusy && waited < s_patience; waited += s_pause) { await Task.Delay(s_pause, _time, cancellationToken); }
        try
        {
            await foreach (var chunk in synthesizer.SynthesizeAsync(request with { Priority = CallPriority.Background }, cancellationToken)) { _ = chunk; }
            return true;
        }
        catch (VoiceException e)
        {
            LogNotSpoken(_logger, e.Message);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Debug, "The next replies could not be foreseen: {Why}")]
    private static partial void LogNotForeseen(ILogger logger, string why);

    [LoggerMessage(LogLevel.Debug, "A line could not be spoken beforehand: {Why}")]
    private static partial void LogNotSpoken(ILogger logger, string why);
}
