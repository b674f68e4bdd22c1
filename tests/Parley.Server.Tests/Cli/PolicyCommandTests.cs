using System.Text;
using System.Text.Json;

namespace Parley.Server.Tests.Cli;

public sealed class PolicyCommandTests
{
    private const string Two = """{"asr": [{"name": "near", "accuracy": 0.5}, {"name": "far", "local": false, "cost": 1, "latency_ms": 400, "accuracy": 0.9, "priority": 5}]}""";

    [Fact]
    public async Task Explain_Example_PrintsATableForEachStage()
    {
        using var parley = new ParleyProcess();

        var result = await parley.RunAsync("policy", "explain", "--simulate", "example");

        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        Assert.Contains("asr (example; mode auto, en-US, no consent to send audio)", result.Output, StringComparison.Ordinal);
        Assert.Contains("→ zipformer: best available", result.Output, StringComparison.Ordinal);
        Assert.Contains("it needs consent.cloud_audio", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("near")]
    [InlineData("far", "--consent")]
    [InlineData("near", "--consent", "--mode", "local")]
    [InlineData("near", "--consent", "--budget-ms", "350")]
    [InlineData("near", "--consent", "--engine", "near")]
    public async Task Explain_Json_FollowsTheOptions(string chosen, params string[] options)
    {
        using var parley = new ParleyProcess();
        var file = parley.Write("engines.json", Encoding.UTF8.GetBytes(Two));

        var result = await parley.RunAsync(["policy", "explain", "--simulate", file, "--stage", "asr", "--json", .. options]);

        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        var explained = Assert.Single(JsonDocument.Parse(result.Output).RootElement.GetProperty("decisions").EnumerateArray());
        var decision = explained.GetProperty("decision");
        Assert.Equal(chosen, decision.GetProperty("chosen").GetString());
        Assert.Equal(2, decision.GetProperty("engines").GetArrayLength());
        Assert.InRange(decision.GetProperty("engines")[0].GetProperty("score").GetProperty("total").GetDouble(), 0, 1);
        Assert.Equal(JsonValueKind.Array, explained.GetProperty("would_win").ValueKind);
    }

    [Fact]
    public async Task Explain_OnlyEmbeddedEngines_ShowsTheExampleAndSaysSo()
    {
        using var parley = new ParleyProcess();

        var result = await parley.RunAsync("policy", "explain", "--stage", "reply");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("this is an example", result.Errors, StringComparison.Ordinal);
        Assert.Contains("large-cloud", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_ModelInDotEnv_IsAmongTheConfigured()
    {
        using var parley = new ParleyProcess();
        parley.Write("appsettings.json", [.. """{ "Parley": { "OpenAI": { "Model": "from-appsettings" }, "Policy": { "Mode": "Cloud" } } }"""u8]);
        parley.Write("parley.json", [.. """{ "Parley": { "Policy": { "Mode": "Local" } } }"""u8]);
        parley.Write(".env", [.. "Parley__OpenAI__BaseUrl='https://models.example.org/v1'\n"u8]);

        var result = await parley.RunAsync("policy", "explain", "--stage", "reply", "--json");

        var decision = JsonDocument.Parse(result.Output).RootElement.GetProperty("decisions")[0];
        Assert.Equal("configured", decision.GetProperty("source").GetString());
        Assert.Equal("local", decision.GetProperty("decision").GetProperty("mode").GetString());
        var openai = decision.GetProperty("decision").GetProperty("engines").EnumerateArray().Single(e => e.GetProperty("name").GetString() == "openai");
        Assert.False(openai.GetProperty("local").GetBoolean());
        Assert.Equal("tutor", decision.GetProperty("decision").GetProperty("chosen").GetString());
    }

    [Fact]
    public async Task AnyCommand_WrongDotEnv_NamesFileAndLineButNotTheValue()
    {
        using var parley = new ParleyProcess();
        parley.Write(".env", [.. "A=1\nOPENAI KEY=S3CRET\n"u8]);

        foreach (var command in new[] { "doctor", "serve" })
        {
            var result = await parley.RunAsync(command);

            Assert.Equal(2, result.ExitCode);
            Assert.Contains(".env, line 2", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
            Assert.DoesNotContain("S3CRET", result.Errors + result.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AnyCommand_AppsettingsNoJson_NamesTheFile()
    {
        using var parley = new ParleyProcess();
        parley.Write("appsettings.json", [.. "{ oops"u8]);

        var result = await parley.RunAsync("doctor");

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("parley: appsettings.json", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"asr": [{"name": "x", "accuracy": 2}]}""", "Accuracy must be 0 to 1")]
    [InlineData("""{"asr": [{"name": "x", "speed": 2}]}""", "speed")]
    [InlineData("""{"ears": []}""", "'ears' is no stage")]
    [InlineData("""{"asr": [{"name": ""}]}""", "no name")]
    [InlineData("{", "engines.json")]
    public async Task Explain_WrongFile_SaysWhatAndExits2(string json, string what)
    {
        using var parley = new ParleyProcess();
        var file = parley.Write("engines.json", Encoding.UTF8.GetBytes(json));

        var result = await parley.RunAsync("policy", "explain", "--simulate", file);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(what, result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--budget-ms", "1")]
    [InlineData("--mode", "everywhere")]
    [InlineData("--stage", "nose")]
    [InlineData("--simulate", "/nowhere.json")]
    public async Task Explain_WrongOption_Exits2(params string[] options)
    {
        using var parley = new ParleyProcess();

        Assert.Equal(2, (await parley.RunAsync(["policy", "explain", .. options])).ExitCode);
    }
}
