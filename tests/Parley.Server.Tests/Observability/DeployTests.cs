using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Parley.Core.Tests.Structure;
using Parley.Server.Tests.Hosting;
using Parley.Transports.Protocol;

namespace Parley.Server.Tests.Observability;

/// <summary>What is in <c>deploy</c> works: with Debian's Prometheus, and with the series that the server has.</summary>
public sealed partial class DeployTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static IEnumerable<string> RuleFiles => Directory.EnumerateFiles(Path.Combine(Prometheus.Deploy, "prometheus/rules"), "*.yml");

    private static IEnumerable<string> Dashboards => Directory.EnumerateFiles(Path.Combine(Prometheus.Deploy, "grafana/dashboards"), "*.json");

    [Theory]
    [InlineData("check", "config", "prometheus.yml")]
    [InlineData("test", "rules", "tests/alerts.yml")]
    public async Task Promtool_ConfigurationAndRules_AreRight(params string[] arguments)
    {
        Prometheus.SkipWithout("promtool");
        var (code, output, errors) = await ChildProcess.RunAsync("promtool", Path.Combine(Prometheus.Deploy, "prometheus"), arguments);

        Assert.True(code == 0, output + errors);
    }

    [Fact]
    public async Task Prometheus_ShortLoad_HasTheSeriesAndTheAlert()
    {
        Prometheus.SkipWithout("prometheus");
        await using var server = await TelemetryServer.StartAsync(maxSessions: 3);
        await using var prometheus = await Prometheus.StartAsync(server.Http);
        // Three of three places are taken, so the server is nearly full; and one session is answered again and again.
        var talker = await server.TalkAsync(new SessionConfig());
        await server.TalkAsync(new SessionConfig());
        await server.TalkAsync(new SessionConfig());

        for (var patience = TimeProvider.System.GetTimestamp(); !await IsThereAsync(prometheus);)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(patience) < TimeSpan.FromMinutes(1), "Prometheus has not what it should.");
            await talker.SpeakAsync();
            await talker.ExpectAsync<ReplyFinished>();
        }

        var p95 = double.Parse(Assert.Single(await prometheus.QueryAsync("parley:first_audio_seconds:p95_rate5m")).GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture);
        Assert.InRange(p95, 0.001, 30);
        Assert.Equal("3", Assert.Single(await prometheus.QueryAsync("parley_session_active")).GetProperty("value")[1].GetString());
        var rules = (await prometheus.GetAsync("/api/v1/rules")).GetProperty("groups").EnumerateArray().SelectMany(g => g.GetProperty("rules").EnumerateArray()).ToList();
        Assert.All(rules, r => Assert.True(r.GetProperty("health").GetString() == "ok", $"{r.GetProperty("name")}: {r}"));
    }

    [Fact]
    public async Task Queries_RulesAndDashboards_AskForSeriesThatAreThere()
    {
        await using var server = await TelemetryServer.StartAsync();
        await server.ConverseAsync();
        server.CountEverything();
        using var http = new HttpClient { BaseAddress = server.Http };
        var there = Series().Matches(await http.GetStringAsync("/metrics", Cancelled)).Select(m => m.Value).ToHashSet(StringComparer.Ordinal);
        var recorded = RuleFiles.SelectMany(f => Recorded().Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);

        var asked = RuleFiles.SelectMany(f => Expressions().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).Concat(Dashboards.SelectMany(DashboardQueries)).ToList();
        Assert.InRange(asked.Count, 60, int.MaxValue);
        var names = asked.SelectMany(q => Names().Matches(q)).Select(m => m.Value).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(names, n => !there.Contains(n) && !recorded.Contains(n));
    }

    [Fact]
    public void Alerts_Each_HasItsParagraphInTheDocument()
    {
        var alerts = Alerts().Matches(File.ReadAllText(Path.Combine(Prometheus.Deploy, "prometheus/rules/alerts.yml"))).Select(m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal).ToList();
        var paragraphs = Paragraphs().Matches(SourceTree.Read("docs/operations.md")).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal).ToList();

        Assert.InRange(alerts.Count, 10, 100);
        Assert.Equal(alerts, paragraphs);
    }

    private static async Task<bool> IsThereAsync(Prometheus prometheus)
    {
        var alerts = (await prometheus.GetAsync("/api/v1/alerts")).GetProperty("alerts").EnumerateArray();
        return alerts.Any(a => a.GetProperty("labels").GetProperty("alertname").GetString() == "ParleyNearlyFull")
            && (await prometheus.QueryAsync("parley:first_audio_seconds:p95_rate5m > 0")).Count == 1
            && (await prometheus.QueryAsync("rate(parley_engine_answers_total[1m]) > 0")).Count >= 3;
    }

    private static IEnumerable<string> DashboardQueries(string file)
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(file));
        return [.. dashboard.RootElement.GetProperty("panels").EnumerateArray().SelectMany(p => p.GetProperty("targets").EnumerateArray()).Select(t => t.GetProperty("expr").GetString()!)];
    }

    [GeneratedRegex(@"^(?:parley|dotnet)_\w+", RegexOptions.Multiline)]
    private static partial Regex Series();

    [GeneratedRegex(@"\b(?:parley|dotnet)(?:_\w+|:[\w:]+)")]
    private static partial Regex Names();

    [GeneratedRegex(@"- record: (\S+)")]
    private static partial Regex Recorded();

    [GeneratedRegex(@"- alert: (\S+)")]
    private static partial Regex Alerts();

    [GeneratedRegex(@"^### (Parley\w+)$", RegexOptions.Multiline)]
    private static partial Regex Paragraphs();

    /// <summary>An expression on its line, or folded below it.</summary>
    [GeneratedRegex(@"expr: ((?:>-\n(?: {10}.*\n)+)|.*\n)")]
    private static partial Regex Expressions();
}
