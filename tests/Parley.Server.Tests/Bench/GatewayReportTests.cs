using System.Net;
using Parley.Bench.Benchmarks;
using Parley.Bench.Load.Gateways;
using Parley.Bench.Load.Http;
using Parley.Bench.Reporting;

namespace Parley.Server.Tests.Bench;

public sealed class GatewayReportTests
{
    [Fact]
    public void Of_AllMeasured_HasTheAgreedKeys()
    {
        var report = GatewayReport.Of(Sample(121, 0), Sample(852, 0), (300, 9000), Table("direct", "parley", "nginx", "haproxy", "portkey", "bare"), new Dictionary<string, string>());
        Assert.Equal(121, (double)report["quick_first_content_p50_ms"]!);
        Assert.Equal(852, (double)report["direct_first_content_p50_ms"]!);
        Assert.Equal(1, (double)report["added_first_byte_p50_ms"]!);
        Assert.Equal(1, (double)report["added_first_byte_p99_ms"]!);
        Assert.Equal(1, (double)report["streams_per_s"]!);
        Assert.Equal(300, (double)report["allocated_bytes_per_token"]!);
        Assert.Equal(["nginx", "haproxy", "portkey"], report["peers"]!.AsObject().Select(p => p.Key));
        Assert.Equal(5, (double)report["bare"]!["added_first_byte_p50_ms"]!);
        Assert.Equal(2, (double)report["peers"]!["nginx"]!["added_first_byte_p50_ms"]!);
        Assert.Null(report["peers"]!["portkey"]!["added_first_byte_p50_ms"]);
        Assert.Equal(4, (double)report["peers"]!["portkey"]!["whole_added_first_byte_p50_ms"]!);
    }

    [Fact]
    public void Of_PeerMissing_SaysWhatToDo()
    {
        var missing = new Dictionary<string, string> { ["nginx"] = "install it" };
        var report = GatewayReport.Of(Sample(1, 0), Sample(1, 0), (0, 0), Table("direct", "parley", "haproxy", "portkey", "bare"), missing);
        Assert.Equal("install it", (string?)report["peers"]!["nginx"]!["missing"]);
    }

    [Fact]
    public void AddedMs_WayWithoutAnswers_SaysWhy()
    {
        var (direct, dead) = (new GatewayFigures(Way("direct")), new GatewayFigures(Way("dead")));
        direct.Add(Sample(5, 1), null);
        var sample = new LoadSample();
        sample.AddError("refused");
        dead.Add(sample, null);
        Assert.Contains("refused", Assert.Throws<IOException>(() => dead.AddedMs(direct, 50)).Message);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(50, 3)]
    [InlineData(100, 5)]
    [InlineData(99, 4.96)]
    public void Percentiles_OfFive_AreInterpolated(double percent, double expected) => Assert.Equal(expected, Percentiles.Of([5, 3, 1, 2, 4], percent));

    /// <summary>Each way takes a millisecond longer than the one before it.</summary>
    private static GatewayTable Table(params string[] ways)
    {
        var all = ways.Select((name, i) =>
        {
            var figures = new GatewayFigures(Way(name));
            figures.Add(Sample(150, i), TimeSpan.FromMilliseconds(1));
            return figures;
        }).ToDictionary(f => f.Way.Name);
        var streaming = all.Where(f => f.Key != "portkey").ToDictionary();
        return new GatewayTable(streaming, all, streaming, all);
    }

    private static Gateway Way(string name) => new(name, new IPEndPoint(IPAddress.Loopback, 1), (_, _) => default);

    private static LoadSample Sample(double heldMs, double wayMs)
    {
        var sample = new LoadSample { Elapsed = TimeSpan.FromSeconds(1) };
        sample.Add(new Answer(200, TimeSpan.FromMilliseconds(heldMs + wayMs), TimeSpan.FromMilliseconds(heldMs + wayMs), TimeSpan.FromMilliseconds(heldMs), 8), 8);
        return sample;
    }
}
