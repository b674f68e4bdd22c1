using System.Net;
using System.Net.Http.Headers;
using Parley.Server.Configuration;

namespace Parley.Server.Tests.Observability;

public sealed class MetricsPageTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_AfterATurn_HasProperNamesAndUnits()
    {
        await using var server = await TelemetryServer.StartAsync();
        await server.ConverseAsync();

        var page = await ScrapeAsync(server.Http);

        foreach (var (name, type) in (ReadOnlySpan<(string, string)>)
        [
            ("parley_turn_first_audio_duration_seconds", "histogram"), ("parley_turn_overhead_duration_seconds", "histogram"), ("parley_asr_final_duration_seconds", "histogram"),
            ("parley_session_active", "gauge"), ("parley_session_limit", "gauge"), ("parley_admission_open", "gauge"), ("parley_admission_cpu", "gauge"), ("parley_admission_lateness_seconds", "gauge"), ("parley_queue_depth", "gauge"), ("parley_engine_breaker", "gauge"),
            ("parley_engine_waiting", "gauge"), ("parley_engine_answers_total", "counter"), ("parley_local_infer_rate", "gauge"), ("parley_cloud_fallback_rate", "gauge"),
            ("dotnet_gc_collections_total", "counter"), ("dotnet_thread_pool_queue_length_total", "counter"), ("dotnet_process_memory_working_set_bytes", "gauge"),
        ])
        {
            Assert.Contains($"# TYPE {name} {type}\n", page, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("parley_voice_parley", page, StringComparison.Ordinal);
        Assert.Equal(1, ValueOf(page, "parley_turn_first_audio_duration_seconds_count"));
        Assert.Equal(1, ValueOf(page, "parley_local_infer_rate"));
        Assert.Equal(0, ValueOf(page, "parley_cloud_fallback_rate"));
        Assert.Equal(100, ValueOf(page, "parley_session_limit"));
    }

    [Fact]
    public async Task Get_Histogram_ReachesFromOneMillisecondToTensOfSeconds()
    {
        await using var server = await TelemetryServer.StartAsync();
        await server.ConverseAsync();

        var bounds = (await ScrapeAsync(server.Http)).Split('\n').Where(l => l.StartsWith("parley_turn_first_audio_duration_seconds_bucket", StringComparison.Ordinal))
            .Select(l => l.Split("le=\"")[1].Split('"')[0]).Where(b => b != "+Inf").Select(b => double.Parse(b, System.Globalization.CultureInfo.InvariantCulture)).ToList();

        Assert.Equal((0.001, 30), (bounds[0], bounds[^1]));
        // A percentile is interpolated between neighbours, so where conversations are judged these must lie close.
        Assert.All(bounds.Zip(bounds.Skip(1)), pair => Assert.InRange(pair.Second / pair.First, 1, pair.First is >= 0.1 and < 2 ? 1.6 : 2.51));
        Assert.Contains(1.5, bounds);
    }

    [Fact]
    public async Task Get_TwoServersInAProcess_CountForThemselves()
    {
        await using var busy = await TelemetryServer.StartAsync();
        await using var idle = await TelemetryServer.StartAsync();
        await busy.ConverseAsync();

        Assert.Equal(1, ValueOf(await ScrapeAsync(busy.Http), "parley_turn_first_audio_duration_seconds_count"));
        Assert.DoesNotContain("parley_turn_first_audio_duration_seconds_count", await ScrapeAsync(idle.Http), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_TelemetryOff_SaysSoAndStillCompares()
    {
        await using var server = await TelemetryServer.StartAsync(new TelemetryOptions { Enabled = false });
        using var http = new HttpClient { BaseAddress = server.Http };
        await server.ConverseAsync();

        using var page = await http.GetAsync("/metrics", Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Contains("Parley:Telemetry:Enabled", await page.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { Accept = { new MediaTypeWithQualityHeaderValue("application/json") } } };
        using var compared = await http.SendAsync(asked, Cancelled);
        Assert.Contains("quick_response_mode", await compared.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    private static async Task<string> ScrapeAsync(Uri server)
    {
        using var http = new HttpClient { BaseAddress = server };
        return await http.GetStringAsync("/metrics", Cancelled);
    }

    private static double ValueOf(string page, string series) =>
        double.Parse(Assert.Single(page.Split('\n'), l => l.StartsWith(series, StringComparison.Ordinal) && l[series.Length] is '{' or ' ').Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
}
