using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Parley.Server.Tests.Cli;

public sealed class ModelsCommandTests
{
    [Fact]
    public async Task Models_Json_TellsOfEachWhatOneMustKnow()
    {
        using var parley = new ParleyProcess();

        var result = await parley.RunAsync("models", "--json", "--stage", "tts", "--language", "en-GB");

        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        var report = JsonDocument.Parse(result.Output).RootElement;
        Assert.StartsWith(parley.Directory, report.GetProperty("folder").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(report.GetProperty("models").EnumerateArray());
        Assert.All(report.GetProperty("models").EnumerateArray(), m =>
        {
            Assert.Equal("tts", m.GetProperty("stage").GetString());
            Assert.Contains("en", m.GetProperty("languages").EnumerateArray().Select(l => l.GetString()));
            Assert.All(["name", "kind", "licence", "page"], key => Assert.NotEmpty(m.GetProperty(key).GetString()!));
            Assert.All(m.GetProperty("files").EnumerateArray(), f => Assert.True(f.TryGetProperty("sha256", out _) && f.GetProperty("bytes").GetInt64() > 0));
        });
    }

    [Theory]
    [InlineData("models", "--stage", "smell")]
    [InlineData("models", "download", "nothing")]
    [InlineData("models", "download", "kokoro-en", "--mirror", "ftp://somewhere")]
    public async Task Models_WrongUse_SaysSoAndExits2(params string[] arguments)
    {
        using var parley = new ParleyProcess();

        var result = await parley.RunAsync(arguments);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("parley: ", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_NobodyAnswers_SaysWhatToDoByHandAndExits1()
    {
        using var parley = new ParleyProcess();

        var result = await parley.RunAsync("models", "download", "piper-en-lessac", "--mirror", $"http://127.0.0.1:{ClosedPort()}");

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("By hand", result.Errors, StringComparison.Ordinal);
        Assert.Contains("SHA-256 9e3febfa", result.Errors, StringComparison.Ordinal);
        Assert.Contains("models check", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_FolderWithoutModel_SaysWhatIsWrongAndExits1()
    {
        using var parley = new ParleyProcess();
        parley.Write("model.onnx", [.. "<html>"u8]);

        var plain = await parley.RunAsync("models", "check", ".");
        var json = await parley.RunAsync("models", "check", ".", "--json");

        Assert.Equal((1, ""), (plain.ExitCode, plain.Output));
        Assert.Contains("model.onnx is no ONNX model", Assert.Single(plain.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(1, json.ExitCode);
        Assert.False(JsonDocument.Parse(json.Output).RootElement.GetProperty("usable").GetBoolean());
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
