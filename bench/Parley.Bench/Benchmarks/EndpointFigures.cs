using System.Text.Json.Nodes;
using Parley.Bench.Reporting;
using Parley.Testing.Speech;
using Parley.Transports.Protocol;
using Parley.Turns;
using Parley.Turns.Endpointing;

namespace Parley.Bench.Benchmarks;

/// <summary>What the pauses say of a turn detector: false ends against delay, at the profiles and along a curve.</summary>
internal static class EndpointFigures
{
    private static readonly int[] s_silences = [256, 352, 512, 704, 896, 1088, 1216];

    public static JsonObject Of(IReadOnlyList<HeardPause> pauses)
    {
        var shipped = new EvidenceTurnDetector(new TurnOptions());
        return new()
        {
            ["profiles"] = new JsonObject
            {
                ["normal"] = Judge(pauses, shipped, Patience.Normal),
                ["learner"] = Judge(pauses, shipped, Patience.Learner),
                ["quick"] = Judge(pauses, shipped, Patience.Quick),
            },
            ["speakers"] = new JsonObject
            {
                ["learners"] = Judge(Set(EndpointPauses.Native, EndpointPauses.Conversation, without: true), shipped, Patience.Normal),
                [EndpointPauses.Native] = Judge(Set(EndpointPauses.Native), shipped, Patience.Normal),
                [EndpointPauses.Conversation] = Judge(Set(EndpointPauses.Conversation), shipped, Patience.Normal),
            },
            ["pauses"] = new JsonObject
            {
                ["ends"] = pauses.Count(pause => pause.Trial.Kind == PauseKind.End),
                ["inserted"] = pauses.Count(pause => pause.Trial.Kind == PauseKind.Inserted),
                ["natural"] = pauses.Count(pause => pause.Trial.Kind == PauseKind.Natural),
            },
            ["curve"] = new JsonArray([.. Enumerable.Range(-6, 17).Select(step => Point(pauses, "threshold", step / 2.0, WithThreshold(step / 2.0)))]),
            ["fixed_silence"] = new JsonArray(
                [.. s_silences.Select(ms => Point(pauses, "silence_ms", ms, WithSilence(TimeSpan.FromMilliseconds(ms))))]),
        };

        HeardPause[] Set(string speaker, string? or = null, bool without = false) =>
            [.. pauses.Where(pause => (pause.Trial.Speaker == speaker || pause.Trial.Speaker == or) != without)];
    }

    private static JsonObject Judge(IReadOnlyList<HeardPause> pauses, ITurnDetector detector, Patience patience)
    {
        var delays = Delays(pauses, detector, patience);
        return new()
        {
            ["false_cutoff"] = CutOff(pauses, PauseKind.Inserted, detector, patience),
            ["natural_false_cutoff"] = CutOff(pauses, PauseKind.Natural, detector, patience),
            ["median_delay_ms"] = delays.Length == 0 ? null : Percentiles.Of(delays, 50),
            ["p90_delay_ms"] = delays.Length == 0 ? null : Percentiles.Of(delays, 90),
        };
    }

    private static JsonObject Point(IReadOnlyList<HeardPause> pauses, string name, double value, ITurnDetector detector) => new()
    {
        [name] = value,
        ["false_cutoff"] = CutOff(pauses, PauseKind.Inserted, detector, Patience.Normal),
        ["natural_false_cutoff"] = CutOff(pauses, PauseKind.Natural, detector, Patience.Normal),
        ["median_delay_ms"] = Percentiles.Of(Delays(pauses, detector, Patience.Normal), 50),
    };

    private static double? CutOff(IReadOnlyList<HeardPause> pauses, PauseKind kind, ITurnDetector detector, Patience patience)
    {
        var ends = pauses.Where(pause => pause.Trial.Kind == kind).Select(pause => pause.EndsAfter(detector, patience) is not null).ToArray();
        return ends.Length == 0 ? null : Math.Round((double)ends.Count(end => end) / ends.Length, 4);
    }

    private static double[] Delays(IReadOnlyList<HeardPause> pauses, ITurnDetector detector, Patience patience) =>
        [.. pauses.Where(pause => pause.Trial.Kind == PauseKind.End).Select(pause => pause.Delay(detector, patience)).OfType<TimeSpan>().Select(delay => delay.TotalMilliseconds)];

    // The profile normal, with the threshold of its log-odds moved.
    private static EvidenceTurnDetector WithThreshold(double threshold)
    {
        var profile = TurnProfiles.Normal(new TurnOptions()) with { Threshold = threshold };
        return new(profile, profile, profile);
    }

    // What a detector does that knows nothing but the silence.
    private static EvidenceTurnDetector WithSilence(TimeSpan silence)
    {
        var profile = new TurnProfile("silence", silence, silence, 0, TimeSpan.Zero);
        return new(profile, profile, profile);
    }
}
