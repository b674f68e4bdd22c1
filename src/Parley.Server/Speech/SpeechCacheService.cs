using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Diagnostics;
using Parley.Pipeline;
using Parley.Policy;
using Parley.Server.Threading;
using Parley.Tts;
using Parley.Tts.Caching;
using Parley.Tutor;

namespace Parley.Server.Speech;

/// <summary>Fills the speech cache in the background: with the fixed lines after the start, then with what sessions will probably need.</summary>
internal sealed partial class SpeechCacheService(
    SpeechCache cache, SpeechPrefetcher prefetcher, EngineCatalog engines, TutorOptions tutor, ParleyMetrics metrics, ILogger<SpeechCacheService> logger,
    ILogger<SpeechCache> cacheLogger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        metrics.Observe(cache);
        cache.LogTo(cacheLogger);
        return cache.Options.Enabled ? PoolContext.RunAsync(() => Task.WhenAll(prefetcher.RunAsync(stoppingToken), PrefillAsync(stoppingToken))).UntilStoppedAsync(stoppingToken) : Task.CompletedTask;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await cache.DisposeAsync();
    }

    private async Task PrefillAsync(CancellationToken cancellationToken)
    {
        if (!cache.Options.Prefill) { return; }
        try
        {
            if (engines.SelectBackgroundSynthesizer(TextLanguage.Latin) is not { } voice) { return; }
            string[] clauses = [.. FixedLines.All.Concat(engines.QuickName is null ? [] : FixedLines.Openers).Concat(TutorEngine.FixedLines(tutor)).SelectMany(SpokenClauses.OfLine).Distinct()];
            await prefetcher.PrefillAsync(voice, clauses, TextLanguage.Latin, cancellationToken);
            LogFilled(logger, clauses.Length, cache.Read().DiskBytes >> 20);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Without them a line is spoken when it is needed.
            LogNotFilled(logger, e.Message);
        }
    }

    [LoggerMessage(LogLevel.Debug, "The speech cache has the {Count} fixed clauses; its folder holds {MegaBytes} MiB.")]
    private static partial void LogFilled(ILogger logger, int count, long megaBytes);

    [LoggerMessage(LogLevel.Debug, "The fixed lines were not spoken beforehand: {Why}")]
    private static partial void LogNotFilled(ILogger logger, string why);
}
