using System.Text.Json;
using Parley.Core.Tests.Audio;
using Parley.PocketSphinx.Asr;

namespace Parley.Server.Tests.Cli;

public sealed class TranscribeCommandTests
{
    public static TheoryData<string, byte[]> Unusable => new()
    {
        { "empty.wav", [] },
        { "text.wav", [.. "This is no sound at all, but a sentence."u8] },
        { "header-only.wav", WavBytes.File(WavBytes.Format(1, 1, 16_000, 16)) },
        { "no-samples.wav", WavBytes.File(WavBytes.Format(1, 1, 16_000, 16), WavBytes.Chunk("data", [])) },
        { "cut-in-the-header.wav", WavBytes.File(WavBytes.Format(1, 1, 16_000, 16))[..20] },
        { "unknown-encoding.wav", WavBytes.File(WavBytes.Format(0x1234, 1, 8_000, 8), WavBytes.Chunk("data", new byte[800])) },
        { "4-kilohertz.wav", WavBytes.File(WavBytes.Format(1, 1, 4_000, 16), WavBytes.Chunk("data", new byte[800])) },
        { "no-channels.wav", WavBytes.File(WavBytes.Format(1, 0, 16_000, 16), WavBytes.Chunk("data", new byte[800])) },
    };

    [Theory]
    [MemberData(nameof(Unusable), DisableDiscoveryEnumeration = true)]
    public async Task Transcribe_UnusableFile_SaysSoInOneLineAndExits2(string name, byte[] content)
    {
        using var parley = new ParleyProcess();

        var result = await parley.RunAsync("transcribe", "--json", parley.Write(name, content));

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(name, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transcribe_NoSuchFile_Exits2()
    {
        using var parley = new ParleyProcess();

        var result = await parley.RunAsync("transcribe", "nowhere.wav");

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("nowhere.wav", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transcribe_EveryReadableShape_UnderstandsTheSame()
    {
        SkipWithoutRecogniser();
        var speech = await SpokenWav.SpeakAsync();
        using var parley = new ParleyProcess();
        string[] files =
        [
            parley.Write("mono.wav", SpokenWav.Pcm16(speech)), parley.Write("stereo.wav", SpokenWav.Pcm16(speech, channels: 2)),
            parley.Write("8-bit.wav", SpokenWav.Pcm8(speech)), parley.Write("24-bit.wav", SpokenWav.Pcm24(speech)),
            parley.Write("float.wav", SpokenWav.Float32(speech)), parley.Write("truncated.wav", SpokenWav.Truncated(speech)),
            parley.Write("44-kilohertz.wav", SpokenWav.At(speech, 44_100)),
        ];
        var choices = parley.Write("choices.txt", [.. "I would like a cup of coffee please\nWhere is the station\nMy name is Anna\n"u8]);

        var result = await parley.RunAsync(["transcribe", "--json", "--choices", choices, .. files]);

        Assert.Equal(0, result.ExitCode);
        var transcripts = JsonDocument.Parse(result.Output).RootElement.GetProperty("files").EnumerateArray().ToArray();
        Assert.Equal(files, transcripts.Select(t => t.GetProperty("file").GetString()));
        Assert.All(transcripts, t => Assert.Equal(
            "i would like a cup of coffee please", t.GetProperty("text").GetString()!.ToLowerInvariant().Trim('.')));
    }

    [Fact]
    public async Task Transcribe_EmptyChoices_Exits2()
    {
        using var parley = new ParleyProcess();
        var wav = parley.Write("silence.wav", SpokenWav.Pcm16(new short[16_000]));

        var result = await parley.RunAsync("transcribe", "--choices", parley.Write("choices.txt", []), wav);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
    }

    private static void SkipWithoutRecogniser()
    {
        var status = PocketSphinxRecognizer.Registration(new PocketSphinxOptions(), TimeProvider.System).Probe();
        if (!status.Available) { Assert.Skip($"{status.Detail} {status.Remedy}"); }
    }
}
