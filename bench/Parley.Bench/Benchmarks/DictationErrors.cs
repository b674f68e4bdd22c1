using System.Text.Json.Nodes;
using Parley.Asr;
using Parley.Audio;
using Parley.Bench.Load;
using Parley.Bench.Reporting;
using Parley.Testing.Speech;
using Parley.Tts;

namespace Parley.Bench.Benchmarks;

/// <summary>Word error rates without hints: of native speakers, and of the voice that every installation has.</summary>
internal static class DictationErrors
{
    private const string Voice = "slt";

    /// <param name="recognizer">Who listens.</param>
    /// <param name="synthesizer">Who speaks the everyday sentences.</param>
    /// <param name="folder">WAV files and <c>transcripts.tsv</c>: file, tab, text.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="IOException">A file is missing.</exception>
    public static async Task<JsonObject> MeasureAsync(
        ISpeechRecognizer recognizer, ISpeechSynthesizer synthesizer, string folder, CancellationToken cancellationToken)
    {
        var texts = File.ReadLines(Path.Combine(folder, "transcripts.tsv")).Select(line => line.Split('\t')).ToDictionary(row => row[0], row => row[1]);
        return new JsonObject
        {
            ["jfk_percent"] = await OfFilesAsync("jfk"),
            ["austen_percent"] = await OfFilesAsync("austen-"),
            ["cards_percent"] = await OfFilesAsync("cards-005"),
            ["flite_percent"] = await OfAsync(
                "flite", EverydaySentences.All, sentence => Spoken.ReadAsync(synthesizer, Voice, sentence, cancellationToken), sentence => sentence),
        };

        Task<double> OfFilesAsync(string prefix) => OfAsync(
            prefix.TrimEnd('-'), texts.Keys.Where(file => file.StartsWith(prefix, StringComparison.Ordinal)),
            file => Task.FromResult(Read(Path.Combine(folder, file))), file => texts[file]);

        async Task<double> OfAsync(string name, IEnumerable<string> items, Func<string, Task<short[]>> samples, Func<string, string> said)
        {
            var heard = new List<(string, string)>();
            foreach (var item in items) { heard.Add((said(item), await DictateAsync(recognizer, await samples(item), cancellationToken))); }
            if (heard.Count == 0) { throw new FileNotFoundException($"transcripts.tsv names no recording {name}."); }
            var rate = WordErrorRate.Of(heard);
            BenchReport.Progress($"wer: {name}: {rate.Errors} errors in {rate.Words} words");
            return Math.Round(rate.Percent, 1);
        }
    }

    private static short[] Read(string file)
    {
        var wav = WavReader.Read(file);
        return wav.SampleRate == AudioMath.SpeechRate ? wav.Samples : Resampler.Convert(wav.Samples, wav.SampleRate, AudioMath.SpeechRate);
    }

    /// <summary>What is heard of a recording.</summary>
    public static async Task<string> DictateAsync(ISpeechRecognizer recognizer, short[] samples, CancellationToken cancellationToken, RecognitionHints? hints = null)
    {
        await using var stream = await recognizer.OpenAsync(new RecognitionRequest(Hints: hints), cancellationToken);
        stream.Write(new AudioFrame(samples, AudioMath.SpeechRate, TimeSpan.Zero));
        return (await stream.FinishAsync(cancellationToken)).Text;
    }
}
