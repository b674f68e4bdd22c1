using System.CommandLine;
using Parley.Asr;
using Parley.Server.Configuration;

namespace Parley.Cli.Commands;

/// <summary><c>parley transcribe FILE…</c>: what is said in audio files.</summary>
internal static class TranscribeCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "Audio files: WAV, and with libsndfile FLAC, Ogg, MP3 and AIFF. Those over 20 seconds are cut at their pauses.", Arity = ArgumentArity.OneOrMore };
        var choices = new Option<string?>("--choices") { Description = "A text file of sentences, one a line: decode against these alone." };
        var json = CliOptions.Json();
        var command = new Command("transcribe", "Print what is said: file, tab, text.") { files, choices, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var codecs = AudioServices.Codecs();
            var recordings = parsed.GetValue(files)!.Select(f => (File: f, Audio: AudioFile.ReadSpeech(codecs, f))).ToArray();
            var request = new RecognitionRequest(Hints: ReadChoices(parsed.GetValue(choices)));
            using var engines = CliEngines.Load();
            var recognizer = engines.SelectRecognizer();
            var results = new List<FileTranscript>();
            foreach (var (file, audio) in recordings)
            {
                var transcript = new FileTranscript(file);
                await foreach (var utterance in RecordingTranscriber.TranscribeAsync(recognizer, engines.SelectDetector(), request, [audio], cancellationToken))
                {
                    transcript.Add(utterance);
                }
                results.Add(transcript);
                if (!parsed.GetValue(json)) { Console.Out.WriteLine($"{file}\t{transcript.Text}"); }
            }
            if (parsed.GetValue(json)) { CliJson.Print(new { Engine = recognizer.Name, Files = results }); }
            return ExitCodes.Done;
        });
        return command;
    }

    private static RecognitionHints? ReadChoices(string? path)
    {
        if (path is null) { return null; }
        if (!File.Exists(path)) { throw new UsageException($"There is no file {path}."); }
        var answers = File.ReadLines(path).Select(l => l.Trim()).Where(l => l.Length > 0).ToArray();
        return answers.Length == 0 ? throw new UsageException($"{path} holds no sentence.") : new RecognitionHints { Answers = answers, AllowOther = false };
    }

    /// <summary>What is said in one file; its confidence is that of its least certain utterance.</summary>
    private sealed class FileTranscript(string file)
    {
        private readonly List<FileWord> _words = [];

        public string File { get; } = file;

        public string Text { get; private set; } = "";

        public double Confidence { get; private set; }

        public IReadOnlyList<FileWord> Words => _words;

        public void Add(TranscribedUtterance utterance)
        {
            var final = utterance.Transcript;
            // Silence is nothing said, not something doubtful, unless it is all there is.
            if (final.Text.Length == 0) { return; }
            (Text, Confidence) = Text.Length == 0 ? (final.Text, Math.Round(final.Confidence, 3))
                : ($"{Text} {final.Text}", Math.Min(Confidence, Math.Round(final.Confidence, 3)));
            _words.AddRange(utterance.Words.Select(w => new FileWord(w.Text, Ms(w.Start), Ms(w.End), Math.Round(w.Confidence, 3))));
        }

        private static long Ms(TimeSpan time) => (long)time.TotalMilliseconds;
    }

    private sealed record FileWord(string Text, long StartMs, long EndMs, double Confidence);
}
