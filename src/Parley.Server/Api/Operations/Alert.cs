namespace Parley.Server.Api.Operations;

/// <summary>Something that an operator should look at.</summary>
/// <param name="Code">Which of them, for programs.</param>
/// <param name="Severity"><c>critical</c>: conversations fail or lose data; <c>warning</c>: they are worse than they should be.</param>
/// <param name="Message">What is wrong, in a sentence.</param>
internal sealed record Alert(string Code, string Severity, string Message)
{
    /// <summary>What a user may wait for an answer before it feels slow, and the share of recent turns that may be slower.</summary>
    private const double SlowMs = 1_500, SlowShare = 0.1;

    /// <summary>The newest so many turns are looked at, and fewer than that say nothing.</summary>
    private const int RecentTurns = 50, LeastTurns = 10;

    private const double FullShare = 0.9;

    /// <summary>What is wrong now, the worst first.</summary>
    public static IReadOnlyList<Alert> Of(HealthReport health, IReadOnlyList<LoggedTurn> turns, int maxSessions) =>
        [.. Engines(health).Concat(Store(health)).Concat(Room(health, maxSessions)).Concat(Latency(turns)).OrderBy(a => a.Severity, StringComparer.Ordinal)];

    private static IEnumerable<Alert> Engines(HealthReport health)
    {
        foreach (var (stage, choice) in health.Chosen)
        {
            if (choice.Name == "none") { yield return Critical("stage_missing", $"No engine serves {stage}: {choice.Why}"); }
            else if (choice.Why.StartsWith("fallback", StringComparison.Ordinal)) { yield return Warning("stage_fallback", $"{choice.Name} serves {stage}: {choice.Why}"); }
        }
        foreach (var engine in health.Engines.Where(e => e.Breaker is "open" or "half_open"))
        {
            yield return Warning("breaker_open", $"{engine.Name} ({engine.Stage}) keeps failing and is left alone{(engine.RestsSeconds is { } rest ? $" for {rest} s" : "")}.");
        }
    }

    private static IEnumerable<Alert> Store(HealthReport health)
    {
        if (!health.Store.Healthy) { yield return Critical("store_failing", $"Sessions are not kept: {health.Store.Fault}"); }
        else if (health.Store.LostEntries > 0) { yield return Warning("store_lost", $"{health.Store.LostEntries} entries of timelines were lost since the start."); }
    }

    private static IEnumerable<Alert> Room(HealthReport health, int maxSessions)
    {
        if (health.Sessions >= maxSessions) { yield return Critical("full", $"All {maxSessions} places are taken; new clients are turned away."); }
        else if (health.Sessions >= maxSessions * FullShare) { yield return Warning("nearly_full", $"{health.Sessions} of {maxSessions} places are taken."); }
    }

    private static IEnumerable<Alert> Latency(IReadOnlyList<LoggedTurn> turns)
    {
        var waits = turns.Select(t => t.Timings.FirstAudio).OfType<TimeSpan>().Take(RecentTurns).ToArray();
        var slow = waits.Count(w => w.TotalMilliseconds > SlowMs);
        if (waits.Length >= LeastTurns && slow > waits.Length * SlowShare)
        {
            yield return Warning("slow", $"{slow} of the newest {waits.Length} answers took more than {SlowMs / 1000} s to begin.");
        }
    }

    private static Alert Critical(string code, string message) => new(code, "critical", message);

    private static Alert Warning(string code, string message) => new(code, "warning", message);
}
