using System.Text.Json.Nodes;
using Parley.Bench.Load;
using Parley.Bench.Reporting;
using Parley.Testing.Sessions;
using Parley.Testing.Speech;
using Parley.Transports.Protocol;
using Parley.Tts;

namespace Parley.Bench.Benchmarks;

/// <summary>
/// Replies of a real voice, cut off at random moments on the virtual clock by a listener who is some way off and buffers: by how many words
/// what the server believes was heard differs from what was played.
/// </summary>
internal static class HeardHistory
{
    private const int Replies = 400, Sentences = 4, LongestWaitMs = 9_000;

    public static JsonObject Measure(ISpeechSynthesizer voice, CancellationToken cancellationToken)
    {
        var recorded = new RecordedVoice(voice);
        var (reported, estimated) = (Errors(recorded, reports: true, cancellationToken), Errors(recorded, reports: false, cancellationToken));
        BenchReport.Progress($"heard: {Replies} replies cut off, with reports and without");
        return new JsonObject
        {
            ["error_p95_words"] = Percentiles.Of(reported, 95),
            ["error_max_words"] = reported.Max(),
            ["exact_percent"] = Math.Round(100.0 * reported.Count(e => e == 0) / reported.Count, 1),
            ["unreported_error_p95_words"] = Percentiles.Of(estimated, 95),
            ["replies"] = reported.Count,
        };
    }

    private static List<double> Errors(RecordedVoice voice, bool reports, CancellationToken cancellationToken)
    {
        var errors = new List<double>();
        for (var seed = 1; seed <= Replies; seed++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            errors.Add(CutOff(voice, reports, new Random(seed)));
        }
        return errors;
    }

    private static double CutOff(RecordedVoice voice, bool reports, Random random)
    {
        var text = string.Join(' ', Enumerable.Range(0, Sentences).Select(_ => EverydaySentences.All[random.Next(EverydaySentences.All.Count)]));
        var talk = new SimulatedConversation(engines =>
        {
            engines.Voice = voice;
            engines.Chat.Texts = [text, "All right."];
            engines.Asr.Texts = ["no wait a moment please"];
        });
        var listener = new DistantListener(talk, reports, random);
        talk.Start().Say(new TextInput("tell me something"));
        Pass(() => talk.Client.Packets.Count > 0, speaks: false);
        var wait = talk.Scheduler.Clock.Elapsed + TimeSpan.FromMilliseconds(random.Next(200, LongestWaitMs));
        Pass(() => talk.Scheduler.Clock.Elapsed >= wait, speaks: false);
        Pass(() => talk.Client.Of<GenerationCancelled>().Count > 0 && listener.StoppedAt is not null, speaks: true);
        var heard = talk.Client.Of<GenerationCancelled>()[0].HeardText.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        talk.End();
        return Math.Abs(heard - voice.WordsAt(text, listener.StoppedAt!.Value));

        void Pass(Func<bool> until, bool speaks)
        {
            for (var waited = 0; !until(); waited += RealTimeLoop.FrameMs)
            {
                if (waited > 30_000) { throw new InvalidOperationException($"The reply was not cut off:\n{string.Join('\n', talk.Client.Messages.TakeLast(10))}"); }
                if (speaks) { talk.Speak(RealTimeLoop.FrameMs); } else { talk.Hush(RealTimeLoop.FrameMs); }
                listener.Tick();
            }
        }
    }
}
