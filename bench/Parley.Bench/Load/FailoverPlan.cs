using System.Diagnostics;
using Parley.Bench.Reporting;
using Parley.Testing.Sessions;

namespace Parley.Bench.Load;

/// <summary>Which engine dies when: the language model after four tenths of the turns, the synthesiser after five, the recogniser after six; after eight all are back.</summary>
internal sealed class FailoverPlan(SimulatedEngines engines, int turns)
{
    private readonly Queue<(int At, string What, Action Do)> _steps = new(
    [
        (turns * 4 / 10, "the language model dies", () => engines.Chat.HangsAfter = 0),
        (turns * 5 / 10, "the synthesiser dies", () => engines.Tts.Hangs = true),
        (turns * 6 / 10, "the recogniser dies", () => engines.Asr.Hangs = true),
        (turns * 8 / 10, "all are back", () => (engines.Chat.HangsAfter, engines.Tts.Hangs, engines.Asr.Hangs) = (null, false, false)),
    ]);

    /// <summary>The turns after which an engine died.</summary>
    public List<int> Kills { get; } = [];

    /// <summary>When the first engine died.</summary>
    public long FirstKill { get; private set; } = long.MaxValue;

    /// <summary>Takes the next step if it is time.</summary>
    public void Look(int done)
    {
        if (!_steps.TryPeek(out var step) || done < step.At) { return; }
        _steps.Dequeue().Do();
        if (_steps.Count > 0) { Kills.Add(done); }
        if (FirstKill == long.MaxValue) { FirstKill = Stopwatch.GetTimestamp(); }
        BenchReport.Progress($"failover: {done} of {turns} turns: {step.What}");
    }
}
