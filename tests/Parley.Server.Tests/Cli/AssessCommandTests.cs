using System.Text;
using System.Text.Json;
using Parley.PocketSphinx.Alignment;

namespace Parley.Server.Tests.Cli;

public sealed class AssessCommandTests
{
    [Fact]
    public async Task Assess_SpokenSentence_JudgesItsWords()
    {
        SkipWithoutAligner();
        using var parley = new ParleyProcess();
        var file = parley.Write("coffee.wav", SpokenWav.Pcm16(await SpokenWav.SpeakAsync()));

        var result = await parley.RunAsync("assess", "--json", "--audio", file, "--text", SpokenWav.Sentence);

        Assert.Equal(0, result.ExitCode);
        using var document = JsonDocument.Parse(result.Output);
        var root = document.RootElement;
        foreach (var level in new[] { "total", "accuracy", "fluency", "prosody", "completeness" }) { Assert.InRange(root.GetProperty(level).GetDouble(), 50, 100); }
        Assert.Equal(SpokenWav.Sentence.Split(' '), root.GetProperty("words").EnumerateArray().Select(w => w.GetProperty("text").GetString()));
        var phones = root.GetProperty("words")[1].GetProperty("phones").EnumerateArray().ToArray();
        Assert.Equal(["W", "UH", "D"], phones.Select(p => p.GetProperty("phone").GetString()));
        Assert.True(phones[0].GetProperty("start_ms").GetInt32() < phones[0].GetProperty("end_ms").GetInt32());
        Assert.Equal(JsonValueKind.Null, phones[0].GetProperty("said").ValueKind);
    }

    [Theory]
    [InlineData("Completely different words about the weather in the mountains")]
    [InlineData("你好")]
    [InlineData("")]
    public async Task Assess_AnotherText_SaysSoInOneLineAndExits2(string text)
    {
        SkipWithoutAligner();
        using var parley = new ParleyProcess();
        var file = parley.Write("coffee.wav", SpokenWav.Pcm16(await SpokenWav.SpeakAsync()));

        var result = await parley.RunAsync("assess", "--json", "--audio", file, "--text", text);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Single(result.ErrorLines);
    }

    [Fact]
    public async Task Assess_Manifest_WritesALineForEachRecording()
    {
        SkipWithoutAligner();
        using var parley = new ParleyProcess();
        var file = parley.Write("coffee.wav", SpokenWav.Pcm16(await SpokenWav.SpeakAsync()));
        var list = parley.Write("list.tsv", [.. Encoding.UTF8.GetBytes(
            $"good\t{file}\t{SpokenWav.Sentence}\nmissing\tnowhere.wav\tHello\nsilent\t{parley.Write("silent.wav", SpokenWav.Pcm16(new short[16_000]))}\tHello\n")]);
        var output = Path.Combine(Path.GetDirectoryName(list)!, "out.jsonl");

        var result = await parley.RunAsync("assess", "--manifest", list, "--out", output);

        Assert.Equal((0, ""), (result.ExitCode, result.Output));
        JsonElement[] lines = [.. File.ReadLines(output).Select(l => JsonDocument.Parse(l).RootElement)];
        Assert.Equal(["good", "missing", "silent"], lines.Select(l => l.GetProperty("id").GetString()));
        Assert.Equal([false, true, true], lines.Select(l => l.TryGetProperty("error", out _)));
    }

    [Fact]
    public async Task Assess_WrongUse_Exits2()
    {
        using var parley = new ParleyProcess();
        string[][] uses =
        [
            ["assess"], ["assess", "--audio", "a.wav"], ["assess", "--audio", "nowhere.wav", "--text", "Hello"], ["assess", "--manifest", "nowhere.tsv", "--out", "o.jsonl"],
            ["assess", "--manifest", parley.Write("broken.tsv", [.. "only one column"u8]), "--out", "o.jsonl"],
        ];

        foreach (var use in uses)
        {
            var result = await parley.RunAsync(use);
            Assert.Equal((2, ""), (result.ExitCode, result.Output));
            Assert.Single(result.ErrorLines);
        }
    }

    [Fact]
    public async Task Train_NoData_Exits2()
    {
        using var parley = new ParleyProcess();

        var result = await parley.RunAsync("train", "pronunciation", "--data", "/nowhere");

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("/nowhere", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    private static void SkipWithoutAligner()
    {
        if (PocketSphinxAligner.Registration().Probe() is { Available: false } status) { Assert.Skip(status.Detail); }
    }
}
