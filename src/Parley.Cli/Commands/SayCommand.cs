using System.CommandLine;
using Parley.Audio;
using Parley.Audio.Codecs;
using Parley.Diagnostics;
using Parley.Server.Configuration;
using Parley.Tts;

namespace Parley.Cli.Commands;

/// <summary><c>parley say TEXT -o FILE</c>: speak a text into a file.</summary>
internal static class SayCommand
{
    public static Command Create()
    {
        var text = new Argument<string>("TEXT") { Description = "What to say." };
        var output = new Option<string>("--output", "-o") { Description = "The audio file to write; its ending says the format: wav, flac, mp3, opus or ogg, pcm.", Required = true };
        var voice = new Option<string?>("--voice") { Description = "A voice of the engine; its own default without." };
        var engine = new Option<string?>("--engine") { Description = "flite or espeak-ng; the best available without." };
        var language = new Option<string>("--language") { Description = "BCP 47, such as en-US.", DefaultValueFactory = _ => "en-US" };
        var speed = new Option<double>("--speed") { Description = "Speaking rate, 0.5 to 2.", DefaultValueFactory = _ => 1 };
        var visemes = new Option<bool>("--visemes") { Description = "Print the mouth shapes: start in ms, duration in ms, viseme." };
        var json = CliOptions.Json();
        var command = new Command("say", "Speak a text into an audio file.") { text, output, voice, engine, language, speed, visemes, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(speed) is < 0.5 or > 2) { throw new UsageException("--speed must be 0.5 to 2."); }
            var codecs = AudioServices.Codecs();
            codecs.RequireEncoder(AudioFormats.OfFile(parsed.GetValue(output)!));
            using var engines = CliEngines.Load();
            if (parsed.GetValue(engine) is { } name && !engines.Probe().Any(s => s.Stage == VoiceStage.Tts && s.Name == name))
            {
                throw new UsageException($"There is no synthesiser {name}.");
            }
            var synthesizer = engines.SelectSynthesizers(parsed.GetValue(language)!, parsed.GetValue(engine))[0];
            if (parsed.GetValue(voice) is { } v && !synthesizer.Voices.Contains(v))
            {
                throw new UsageException($"{synthesizer.Name} has no voice {v}; it has {string.Join(", ", synthesizer.Voices)}.");
            }
            var request = new SpeechRequest(parsed.GetValue(text)!, parsed.GetValue(voice), parsed.GetValue(language)!, parsed.GetValue(speed));
            var (samples, rate, spans) = await SpeakAsync(synthesizer, request, cancellationToken);
            if (samples.Count == 0) { throw new UsageException("There is nothing to say in this text."); }
            AudioFile.Write(codecs, parsed.GetValue(output)!, samples.ToArray(), rate);

            var items = spans.Select(s => new SpokenViseme(Ms(s.StartSample, rate), Ms(s.Samples, rate), s.Viseme.ToString().ToLowerInvariant())).ToArray();
            if (parsed.GetValue(json))
            {
                CliJson.Print(new
                {
                    File = parsed.GetValue(output), Engine = synthesizer.Name, SampleRate = rate, DurationMs = Ms(samples.Count, rate), Visemes = items,
                });
            }
            else if (parsed.GetValue(visemes))
            {
                foreach (var i in items) { Console.Out.WriteLine($"{i.StartMs}\t{i.DurationMs}\t{i.Viseme}"); }
            }
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<(List<short> Samples, int Rate, List<VisemeSpan> Visemes)> SpeakAsync(
        ISpeechSynthesizer synthesizer, SpeechRequest request, CancellationToken cancellationToken)
    {
        var (samples, rate, visemes) = (new List<short>(), AudioMath.SpeechRate, new List<VisemeSpan>());
        await foreach (var chunk in synthesizer.SynthesizeAsync(request, cancellationToken))
        {
            samples.AddRange(chunk.Samples.Span);
            visemes.AddRange(chunk.Visemes);
            rate = chunk.SampleRate;
        }
        return (samples, rate, visemes);
    }

    private static long Ms(long samples, int rate) => samples * 1000 / rate;

    private sealed record SpokenViseme(long StartMs, long DurationMs, string Viseme);
}
