using System.CommandLine;
using Parley.Asr;
using Parley.Audio;

namespace Parley.Cli.Commands;

/// <summary><c>parley transcribe FILE…</c>: what is said in WAV files.</summary>
internal static class TranscribeCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "WAV files, each one utterance.", Arity = ArgumentArity.OneOrMore };
        var choices = new Option<string?>("--choices") { Description = "A text file of sentences, one a line: decode against these alone." };
        var json = CliOptions.Json();
        var command = new Command("transcribe", "Print what is said: file, tab, text.") { files, choices, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var utterances = parsed.GetValue(files)!.Select(f => (File: f, Samples: WavFile.ReadSpeech(f))).ToArray();
            var request = new RecognitionRequest(Hints: ReadChoices(parsed.GetValue(choices)));
            using var engines = CliEngines.Load();
            var recognizer = engines.SelectRecognizer();
            var results = new List<FileTranscript>();
            foreach (var (file, samples) in utterances)
            {
                var final = await TranscribeAsync(recognizer, request, samples, cancellationToken);
                results.Add(new FileTranscript(file, final.Text, Math.Round(final.Confidence, 3), [.. final.Words.Select(FileWord.From)]));
                if (!parsed.GetValue(json)) { Console.Out.WriteLine($"{file}\t{final.Text}"); }
            }
            if (parsed.GetValue(json)) { CliJson.Print(new { Engine = recognizer.Name, Files = results }); }
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<FinalTranscript> TranscribeAsync(
        ISpeechRecognizer recognizer, RecognitionRequest request, short[] samples, CancellationToken cancellationToken)
    {
        await using var stream = await recognizer.OpenAsync(request, cancellationToken);
        stream.Write(new AudioFrame(samples, AudioMath.SpeechRate, TimeSpan.Zero));
        return await stream.FinishAsync(cancellationToken);
    }

    private static RecognitionHints? ReadChoices(string? path)
    {
        if (path is null) { return null; }
        if (!File.Exists(path)) { throw new UsageException($"There is no file {path}."); }
        var answers = File.ReadLines(path).Select(l => l.Trim()).Where(l => l.Length > 0).ToArray();
        return answers.Length == 0 ? throw new UsageException($"{path} holds no sentence.") : new RecognitionHints { Answers = answers, AllowOther = false };
    }

    private sealed record FileTranscript(string File, string Text, double Confidence, IReadOnlyList<FileWord> Words);

    private sealed record FileWord(string Text, long StartMs, long EndMs, double Confidence)
    {
        public static FileWord From(RecognizedWord w) =>
            new(w.Text, (long)w.Start.TotalMilliseconds, (long)w.End.TotalMilliseconds, Math.Round(w.Confidence, 3));
    }
}
