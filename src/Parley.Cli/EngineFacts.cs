using System.Globalization;
using Parley.Policy;

namespace Parley.Cli;

/// <summary>What is known of an engine, for <c>doctor</c>.</summary>
internal sealed record EngineFacts(
    string Stage, string Name, bool Local, double CostCents, double LatencyMs, double Accuracy, double Privacy, int Capacity, IReadOnlyList<string> Languages, IReadOnlyList<string> Levels)
{
    public static EngineFacts From(EngineDescription engine)
    {
        var a = engine.Attributes;
        return new(
            engine.Stage.ToString().ToLowerInvariant(), engine.Name, a.Local, a.Cost, a.Latency.TotalMilliseconds, a.Accuracy, a.Privacy ?? (a.Local ? 1 : 0.3),
            a.Capacity, [.. a.Languages], [.. a.Levels]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{(Local ? "local" : "remote")}, accuracy {Accuracy:0.##}, {LatencyMs:0.#} ms, {CostCents:0.##} cents/min, privacy {Privacy:0.##}, {Capacity} at a time, {List(Languages, "all languages")}, {List(Levels, "all levels")}");

    private static string List(IReadOnlyList<string> items, string all) => items.Count == 0 ? all : string.Join(' ', items);
}
