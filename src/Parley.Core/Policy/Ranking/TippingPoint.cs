namespace Parley.Policy.Ranking;

/// <summary>What alone would make another engine the first: one figure of it, as it is and as it would have to be.</summary>
/// <param name="Engine">The other engine.</param>
/// <param name="Figure">What would have to change: <c>latency_ms</c>, <c>cost</c> (US cents a minute), <c>accuracy</c> or <c>privacy</c>.</param>
/// <param name="Is">What it is.</param>
/// <param name="Wanted">What it would have to be, or better.</param>
public sealed record TippingPoint(string Engine, string Figure, double Is, double Wanted)
{
    /// <summary>The changes each of which would make the second of the first one's class win; empty: none would alone, or there is no second.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="options">The rules that it was made by.</param>
    /// <param name="cost">What an engine costs, by name.</param>
    public static IReadOnlyList<TippingPoint> Of(PolicyDecision decision, PolicyOptions options, Func<string, double> cost)
    {
        if (decision.Engines is not [{ MayServe: true } first, { MayServe: true } second, ..] || first.Standing != second.Standing) { return []; }
        var (weights, has) = (decision.Weights, second.Score);
        var lead = (first.Score.Total - second.Score.Total) * weights.Sum();
        var scale = options.Budgets.For(Enum.Parse<Diagnostics.VoiceStage>(decision.Stage, ignoreCase: true)).TotalMilliseconds / 4;
        var points = new List<TippingPoint>();
        Add("latency_ms", second.ExpectedLatencyMs, has.Latency, weights.Latency, part => (1 / part - 1) * scale);
        Add("cost", cost(second.Name), has.Cost, weights.Cost, part => 1 / part - 1);
        Add("accuracy", has.Accuracy, has.Accuracy, weights.Accuracy, part => part);
        Add("privacy", has.Privacy, has.Privacy, weights.Privacy, part => part);
        return points;

        void Add(string figure, double now, double part, double weight, Func<double, double> toFigure)
        {
            if (weight > 0 && part + lead / weight is <= 1 and var needed) { points.Add(new TippingPoint(second.Name, figure, Math.Round(now, 3), Math.Round(toFigure(needed), 3))); }
        }
    }
}
