using System.Globalization;
using Parley.Bench.Load.Gateways;
using Parley.Bench.Load.Http;
using Parley.Bench.Reporting;

namespace Parley.Bench.Benchmarks;

/// <summary>What one way to the models did in one kind of a comparison.</summary>
internal sealed class GatewayFigures(Gateway way)
{
    private readonly LoadSample _all = new();
    private TimeSpan _processor;

    public Gateway Way => way;

    public double PerSecond => Math.Round(_all.PerSecond, 1);

    public int Errors => _all.Errors;

    public string? FirstError => _all.FirstError;

    /// <summary>Of the program for each answer; null on the straight way.</summary>
    public double? ProcessorMicroseconds =>
        way.Process is null || _all.Way.Count == 0 ? null : Math.Round(_processor.TotalMicroseconds / _all.Way.Count);

    public void Add(LoadSample sample, TimeSpan? processor)
    {
        _all.Merge(sample);
        _processor += processor ?? TimeSpan.Zero;
    }

    /// <summary>What this way takes longer than the straight one takes at its median, in milliseconds: all that is slow here counts, whoever's fault it is.</summary>
    /// <exception cref="IOException">One of them answered nothing.</exception>
    public double AddedMs(GatewayFigures direct, double percent) => Math.Round(WayMs(percent) - direct.WayMs(50), 2);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{way.Name} {PerSecond:0}/s, {WayMs(50):0.00} ms (p99 {WayMs(99):0.00}), {Errors} errors");

    private double WayMs(double percent) =>
        _all.Way.Count > 0 ? Percentiles.Of(_all.Way, percent) : throw new IOException($"{way.Name} answers nothing: {FirstError}");
}
