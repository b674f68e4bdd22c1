using System.Diagnostics;
using System.Text.RegularExpressions;
using Parley.Asr;
using Parley.Audio;
using Parley.Testing;

namespace Parley.Engines.Tests.PocketSphinx;

/// <summary>Word error rates of free dictation through the port. The audio is written faster than real time; DecodingPassTests pace it.</summary>
[Collection(nameof(RealSpeech))]
public sealed partial class DictationAccuracyTests(RecognizerFixture fixture)
{
    private static readonly string[] s_sentences =
    [
        "I would like a table for two near the window please",
        "What time does the next train to London leave",
        "Yesterday we went to the market and bought some fresh bread",
        "My brother has worked in this company for seven years",
        "The weather is much better today than it was last week",
        "We are planning to visit our friends in the summer",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0.20, "jfk.wav")]
    [InlineData(0.32, "austen-0870.wav", "austen-0880.wav", "austen-0930.wav")]
    [InlineData(0.05, "cards-005.wav")]
    public async Task FinishAsync_HumanSpeech_StaysWithinItsErrorRate(double limit, params string[] files)
    {
        var texts = File.ReadLines(SharedData.Find("speech/transcripts.tsv")).Select(line => line.Split('\t')).ToDictionary(row => row[0], row => row[1]);
        var (errors, words) = (0, 0);
        foreach (var file in files)
        {
            var heard = await DictateAsync(WavReader.Read(SharedData.Find("speech/" + file)).Samples);
            errors += Errors(Words(texts[file]), Words(heard.Text));
            words += Words(texts[file]).Length;
        }

        Assert.InRange((double)errors / words, 0, limit);
    }

    [Fact]
    public async Task FinishAsync_FliteSpeech_IsNearlyPerfect()
    {
        var (errors, words) = (0, 0);
        foreach (var sentence in s_sentences)
        {
            var heard = await DictateAsync(await SpeakAsync(sentence));
            errors += Errors(Words(sentence), Words(heard.Text));
            words += Words(sentence).Length;
        }

        Assert.InRange((double)errors / words, 0, 0.03);
    }

    private async Task<FinalTranscript> DictateAsync(short[] samples)
    {
        await using var stream = await fixture.Recognizer.OpenAsync(new RecognitionRequest(), Cancel);
        for (var at = 0; at < samples.Length; at += 320)
        {
            stream.Write(new AudioFrame(samples.AsMemory(at, Math.Min(320, samples.Length - at)), 16_000, AudioMath.DurationOf(at, 16_000)));
            await Task.Yield();
        }
        stream.SpeechPaused();
        return await stream.FinishAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(60), Cancel);
    }

    private static async Task<short[]> SpeakAsync(string text)
    {
        var file = Path.GetTempFileName();
        try
        {
            using var flite = Process.Start(new ProcessStartInfo("flite", ["-voice", "slt", "-t", text, "-o", file]))!;
            await flite.WaitForExitAsync(Cancel);
            return WavReader.Read(file).Samples;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("The program flite is not on this machine.");
            return [];
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string[] Words(string text) => [.. Word().Matches(text.ToLowerInvariant()).Select(match => match.Value)];

    private static int Errors(string[] said, string[] heard)
    {
        var row = Enumerable.Range(0, heard.Length + 1).ToArray();
        for (var i = 1; i <= said.Length; i++)
        {
            (var diagonal, row[0]) = (row[0], i);
            for (var j = 1; j <= heard.Length; j++)
            {
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (said[i - 1] == heard[j - 1] ? 0 : 1)));
            }
        }
        return row[^1];
    }

    [GeneratedRegex("[a-z0-9']+")]
    private static partial Regex Word();
}
