using System.Text.Json;
using Parley.Audio;
using Parley.Flite.Tts;

namespace Parley.Server.Tests.Cli;

public sealed class CommandTests
{
    [Theory]
    [InlineData("dance")]
    [InlineData("say", "hello", "-o", "x.wav", "--volume", "11")]
    [InlineData("say", "hello")]
    [InlineData("transcribe")]
    [InlineData("serve", "--colour", "green")]
    [InlineData("doctor", "--json", "extra")]
    public async Task Run_WrongUse_SaysSoAndExits2(params string[] arguments)
    {
        using var parley = new ParleyProcess();

        var result = await parley.RunAsync(arguments);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.All(result.ErrorLines, l => Assert.StartsWith("parley: ", l, StringComparison.Ordinal));
        Assert.NotEmpty(result.ErrorLines);
    }

    [Fact]
    public async Task Run_WrongConfiguration_NamesTheKeyAndExits2()
    {
        using var parley = new ParleyProcess();
        parley.Write("parley.json", [.. """{ "Parley": { "Session": { "Leed": "00:00:01" } } }"""u8]);

        var result = await parley.RunAsync("serve");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("Leed", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_HttpsWithoutItsCertificate_NamesTheKeyAndExits2()
    {
        using var parley = new ParleyProcess();

        var result = await parley.RunAsync("serve", "--https", "--Parley:Tls:Certificate=nowhere.pem");

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("parley: Parley:Tls:Certificate: ", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ConfigurationNoJson_NamesTheFileAndExits2()
    {
        using var parley = new ParleyProcess();
        parley.Write("parley.json", [.. "{ oops"u8]);

        var result = await parley.RunAsync("doctor");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("parley.json", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_Json_PrintsOneObjectAndItsVerdictIsTheExitCode()
    {
        using var parley = new ParleyProcess();

        var result = await parley.RunAsync("doctor", "--json");

        var report = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal(report.GetProperty("ready").GetBoolean() ? 0 : 1, result.ExitCode);
        Assert.All(
            report.GetProperty("checks").EnumerateArray().Where(c => !c.GetProperty("ok").GetBoolean()),
            c => Assert.NotEqual(JsonValueKind.Null, c.GetProperty("remedy").ValueKind));
    }

    [Fact]
    public async Task Doctor_EmbeddingModels_AreChecked()
    {
        using var parley = new ParleyProcess();
        parley.Write("parley.json", [.. """{"Parley":{"Upstreams":{"house":{"BaseUrl":"http://127.0.0.1:9/v1"}},"Embedding":{"vectors":{"Upstream":"house","Model":"nomic"}}}}"""u8]);

        var result = await parley.RunAsync("doctor", "--json");

        var check = JsonDocument.Parse(result.Output).RootElement.GetProperty("checks").EnumerateArray().Single(c => c.GetProperty("name").GetString() == "embedding: vectors");
        Assert.Equal((true, "nomic"), (check.GetProperty("ok").GetBoolean(), check.GetProperty("version").GetString()));
    }

    [Fact]
    public async Task Say_Json_WritesAWavAndPrintsOneObject()
    {
        SkipWithoutVoice();
        using var parley = new ParleyProcess();
        var file = Path.Combine(parley.Directory, "hello.wav");

        var result = await parley.RunAsync("say", "Hello, how are you?", "-o", file, "--json");

        Assert.Equal(0, result.ExitCode);
        var report = JsonDocument.Parse(result.Output).RootElement;
        var wav = WavReader.Read(file);
        Assert.Equal(report.GetProperty("sample_rate").GetInt32(), wav.SampleRate);
        Assert.Equal(report.GetProperty("duration_ms").GetInt64(), wav.Samples.Length * 1000L / wav.SampleRate);
        Assert.InRange(wav.Samples.Length, wav.SampleRate / 2, 5 * wav.SampleRate);
        Assert.True(report.GetProperty("visemes").GetArrayLength() > 5);
    }

    [Theory]
    [InlineData("", "hello.wav")]
    [InlineData("...", "hello.wav")]
    [InlineData("Hello", "hello.wav", "--voice", "nobody")]
    [InlineData("Hello", "hello.wav", "--speed", "9")]
    [InlineData("Hello", "no/such/directory/hello.wav")]
    public async Task Say_WhatCannotBeSaid_SaysSoInOneLineAndExits2(string text, string file, params string[] options)
    {
        SkipWithoutVoice();
        using var parley = new ParleyProcess();

        var result = await parley.RunAsync(["say", text, "-o", file, .. options]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Single(result.ErrorLines);
        Assert.Empty(Directory.GetFiles(parley.Directory));
    }

    [Fact]
    public async Task Demo_UnusableRecording_SaysSoInOneLineAndExits2()
    {
        using var parley = new ParleyProcess();

        var result = await parley.RunAsync("demo", "--json", "--audio", parley.Write("text.wav", [.. "no sound"u8]));

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("text.wav", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_Recording_IsAnsweredAndPrintsOneObject()
    {
        SkipWithoutVoice();
        using var parley = new ParleyProcess();
        var recording = parley.Write("question.wav", SpokenWav.Pcm16(await SpokenWav.SpeakAsync(), channels: 2));

        var result = await parley.RunAsync("demo", "--json", "--audio", recording, "--output-dir", parley.Directory);

        Assert.True(result.ExitCode == 0, result.Errors);
        var report = JsonDocument.Parse(result.Output).RootElement;
        Assert.NotEqual("", report.GetProperty("reply_text").GetString());
        Assert.NotEmpty(WavReader.Read(report.GetProperty("reply_wav").GetString()!).Samples);
        Assert.Equal(2, WavReader.Read(Path.Combine(parley.Directory, "conversation.wav")).SourceChannels);
    }

    private static void SkipWithoutVoice() { if (FliteEngine.Probe() is { Available: false } s) { Assert.Skip($"{s.Detail}: {s.Remedy}"); } }
}
