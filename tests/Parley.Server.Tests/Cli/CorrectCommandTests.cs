using System.Text;
using System.Text.Json;
using Parley.Server.Configuration;

namespace Parley.Server.Tests.Cli;

public sealed class CorrectCommandTests
{
    [Fact]
    public async Task Correct_Lines_ComeOutAsManyAsCameIn()
    {
        SkipWithoutWords();
        using var parley = new ParleyProcess();
        byte[] text = [.. "It depends of the weather.\n\n"u8, 0xFF, 0xFE, .. " he go home\r\n我 😀 <b>\nShe don't know."u8];

        var result = await parley.RunAsync("correct", parley.Write("text.txt", text));

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("It depends on the weather.\n\n\uFFFD\uFFFD he goes home\n我 😀 <b>\nShe doesn't know.\n", result.Output);
    }

    [Fact]
    public async Task Correct_Json_IsAnArrayWithEdits()
    {
        SkipWithoutWords();
        using var parley = new ParleyProcess();

        var result = await parley.RunAsync("correct", "--json", "--spoken", parley.Write("text.txt", Encoding.UTF8.GetBytes("i am agree with you\nfine\n")));

        Assert.Equal(0, result.ExitCode);
        var corrections = JsonDocument.Parse(result.Output).RootElement.EnumerateArray().ToArray();
        Assert.Equal(["i agree with you", "fine"], corrections.Select(c => c.GetProperty("corrected").GetString()));
        var edit = Assert.Single(corrections[0].GetProperty("edits").EnumerateArray());
        Assert.Equal(("am-agree", "rule", "am ", ""), (edit.GetProperty("rule").GetString(), edit.GetProperty("source").GetString(), edit.GetProperty("original").GetString(), edit.GetProperty("correction").GetString()));
        Assert.Equal((2, 5), (edit.GetProperty("start").GetInt32(), edit.GetProperty("end").GetInt32()));
        Assert.Empty(corrections[1].GetProperty("edits").EnumerateArray());
    }

    [Fact]
    public async Task Correct_EmptyFile_GivesAnEmptyArray()
    {
        SkipWithoutWords();
        using var parley = new ParleyProcess();
        Assert.Equal("[]\n", (await parley.RunAsync("correct", "--json", parley.Write("empty.txt", []))).Output);
    }

    [Theory]
    [InlineData("correct", "nowhere.txt")]
    [InlineData("correct")]
    [InlineData("correct", "--loud", "x")]
    public async Task Correct_WrongUse_Exits2(params string[] arguments)
    {
        using var parley = new ParleyProcess();
        var result = await parley.RunAsync(arguments);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.NotEmpty(result.ErrorLines);
    }

    private static void SkipWithoutWords() =>
        Assert.SkipUnless(CoachServices.Probe(ParleyConfiguration.FromEnvironment()).All(s => s.Available), "wordnet-base, hunspell-en-us or pocketsphinx-en-us is not installed.");
}
