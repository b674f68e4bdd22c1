using System.CommandLine;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Audio;
using Parley.Cli.Demo;
using Parley.Policy;
using Parley.Server;
using Parley.Server.Configuration;
using Parley.Tts;

namespace Parley.Cli.Commands;

/// <summary><c>parley demo</c>: a whole conversation against a server in this process, over a real WebSocket, at real-time pace.</summary>
internal static class DemoCommand
{
    /// <summary>The learner's voice: another than the assistant's.</summary>
    private const string LearnerVoice = "rms";

    public static Command Create()
    {
        var audio = new Option<string?>("--audio") { Description = "A WAV of a person speaking; without, a synthetic learner practises in a café." };
        var output = new Option<string>("--output-dir") { Description = "Where reply.wav and conversation.wav go.", DefaultValueFactory = _ => "." };
        var json = CliOptions.Json();
        var command = new Command("demo", "Hold a conversation: captions live, reply.wav and conversation.wav, then the turns' timings.") { audio, output, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var recording = parsed.GetValue(audio) is { } file ? AudioFile.ReadSpeech(AudioServices.Codecs(), file) : null;
            var asJson = parsed.GetValue(json);
            // A server that is configured to ask for keys gets one that is known here. The learner is in its process and waits for sockets too.
            var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            string[] settings = ["--Parley:Store:Enabled=false", "--Parley:Server:Https=false", "--Parley:Server:InlineSockets=false", $"--Parley:Gateway:ApiKeys:0={key}"];
            await using var app = ParleyServer.Build(settings, builder =>
            {
                builder.WebHost.UseUrls("http://127.0.0.1:0");
                builder.Logging.SetMinimumLevel(LogLevel.Warning);
            });
            app.LoadEngines();
            await app.StartAsync(cancellationToken);

            var time = TimeProvider.System;
            var view = new DemoView(time);
            ILearner learner = recording is not null ? new RecordedLearner(recording) : new GuidedLearner(Voice(app.Services.GetRequiredService<EngineCatalog>()));
            var run = new DemoRun(learner, view, new CaptionPrinter(asJson ? Console.Error : Console.Out, time), time);
            await run.RunAsync(new Uri(app.Urls.First().Replace("http", "ws", StringComparison.Ordinal)), key, cancellationToken);
            await app.StopAsync(cancellationToken);

            var report = DemoReport.From(view, Path.Combine(parsed.GetValue(output)!, "reply.wav"));
            WriteWav(report.ReplyWav, view.ReplyAudio, channels: 1);
            WriteWav(Path.Combine(parsed.GetValue(output)!, "conversation.wav"), [.. run.Conversation], channels: 2);
            if (asJson) { CliJson.Print(report); } else { report.Print(Console.Out); }
            if (report.FirstAudioMs is null) { Console.Error.WriteLine("parley: nothing was heard that could be answered."); }
            return report.FirstAudioMs is null ? ExitCodes.Failed : ExitCodes.Done;
        });
        return command;
    }

    private static Func<string, short[]> Voice(EngineCatalog engines)
    {
        var synthesizer = engines.SelectSynthesizers("en-US")[0];
        var voice = synthesizer.Voices.Contains(LearnerVoice) ? LearnerVoice : null;
        return text => Task.Run(async () =>
        {
            var (samples, rate) = (new List<short>(), AudioMath.SpeechRate);
            await foreach (var chunk in synthesizer.SynthesizeAsync(new SpeechRequest(text, voice)))
            {
                samples.AddRange(chunk.Samples.Span);
                rate = chunk.SampleRate;
            }
            return rate == AudioMath.SpeechRate ? samples.ToArray() : Resampler.Convert(samples.ToArray(), rate, AudioMath.SpeechRate);
        }).GetAwaiter().GetResult();
    }

    private static void WriteWav(string path, short[] samples, int channels)
    {
        using var wav = WavWriter.Create(path, AudioMath.SpeechRate, channels);
        wav.Write(samples);
    }
}
