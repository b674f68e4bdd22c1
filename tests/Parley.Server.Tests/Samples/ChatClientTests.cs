using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Bench.Load.Models;
using Parley.Server.Tests.Hosting;

namespace Parley.Server.Tests.Samples;

/// <summary>The sample against the whole server, with scripted models behind it.</summary>
public sealed class ChatClientTests
{
    private static readonly ModelBehaviour s_small = new(20, 1, 0, Opens: true), s_large = new(3_000, 5, 1);

    [Fact]
    public async Task Run_QuickAndDirect_ComparesThem()
    {
        var (exitCode, output, errors) = await WithServerAsync(url => RunAsync("--url", url, "--count", "2", "Why is the sky blue?"));

        Assert.True(exitCode == 0, errors);
        Assert.StartsWith("Sure, ", Value(output, "quick:"), StringComparison.Ordinal);
        Assert.False(Value(output, "direct:").StartsWith("Sure", StringComparison.Ordinal));
        var (quick, direct) = (FirstContent(output, "quick"), FirstContent(output, "direct"));
        Assert.InRange(direct, 2_500, 20_000);
        Assert.True(quick < direct, $"quick {quick} ms, direct {direct} ms");
    }

    [Fact]
    public async Task Run_UnknownModel_SaysWhatTheServerSays()
    {
        var (exitCode, _, errors) = await WithServerAsync(url => RunAsync("--url", url, "--model", "nobody"));

        Assert.Equal(1, exitCode);
        Assert.Contains("model_not_found", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--url")]
    [InlineData("--count", "0")]
    [InlineData("--url", "nowhere")]
    public async Task Run_WrongArguments_SaysHowToUseIt(params string[] arguments)
    {
        var (exitCode, _, errors) = await RunAsync(arguments);

        Assert.Equal(2, exitCode);
        Assert.StartsWith("usage:", errors, StringComparison.Ordinal);
    }

    private static Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        ChildProcess.RunAsync("dotnet", AppContext.BaseDirectory, [Path.Combine(AppContext.BaseDirectory, "ChatClient.dll"), .. arguments]);

    private static async Task<T> WithServerAsync<T>(Func<string, Task<T>> use)
    {
        using var models = new SimulatedModels();
        using var stop = new CancellationTokenSource();
        var serving = models.RunAsync(stop.Token);
        await using var server = ParleyServer.Build(
            [
                $"--Parley:Upstreams:small:BaseUrl=http://{models.Address}{s_small.BasePath}", "--Parley:Chat:small:Model=small",
                $"--Parley:Upstreams:large:BaseUrl=http://{models.Address}{s_large.BasePath}", "--Parley:Chat:large:Model=large",
                "--Parley:Engines:Reply=large", "--Parley:Engines:Quick=small", "--Parley:QuickReply:Deadline=00:00:05",
                "--Parley:Store:Enabled=false", "--Parley:SpeechCache:Enabled=false",
            ],
            builder =>
            {
                builder.WebHost.UseUrls("http://127.0.0.1:0");
                builder.Logging.SetMinimumLevel(LogLevel.Error);
            });
        await server.StartAsync(TestContext.Current.CancellationToken);
        try { return await use(server.Urls.First()); }
        finally
        {
            await server.StopAsync(CancellationToken.None);
            await stop.CancelAsync();
            await serving;
        }
    }

    private static string Value(string output, string key) => output.Split('\n').First(l => l.StartsWith(key, StringComparison.Ordinal))[key.Length..].Trim();

    /// <summary>The average in the table, in milliseconds.</summary>
    private static double FirstContent(string output, string mode) =>
        double.Parse(Regex.Match(output, $@"^{mode} +(\d+) ms", RegexOptions.Multiline).Groups[1].Value, CultureInfo.InvariantCulture);
}
