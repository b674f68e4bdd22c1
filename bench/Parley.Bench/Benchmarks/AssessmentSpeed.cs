using System.Text.Json.Nodes;
using Parley.Audio;
using Parley.Bench.Reporting;
using Parley.Diagnostics;
using Parley.Flite.Tts;
using Parley.Learning.Pronunciation;
using Parley.Learning.Pronunciation.Reference;
using Parley.PocketSphinx.Alignment;
using Parley.Testing.Speech;

namespace Parley.Bench.Benchmarks;

/// <summary>How long it takes to judge how learners read and to compare it with a native voice, one recording after the other.</summary>
internal static class AssessmentSpeed
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(3.5), s_longest = TimeSpan.FromSeconds(4.5);

    /// <param name="corpus">Learners' recordings, of which those of about four seconds are taken.</param>
    /// <param name="recordings">So many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<JsonObject> MeasureAsync(LearnerCorpus corpus, int recordings, CancellationToken cancellationToken)
    {
        using var aligner = new PocketSphinxAligner();
        var assessor = new PronunciationAssessor(aligner, native: new NativeVoice(new FliteSynthesizer(), aligner));
        var (audio, work, shares, failed) = (TimeSpan.Zero, TimeSpan.Zero, new List<double>(), 0);
        // The first one pays for compilation.
        var isFirst = true;
        foreach (var recording in corpus.Recordings)
        {
            var samples = await corpus.ReadAsync(recording, cancellationToken);
            var length = AudioMath.DurationOf(samples.Length, AudioMath.SpeechRate);
            if (length < s_shortest || length > s_longest) { continue; }
            var before = Environment.CpuUsage.TotalTime;
            try
            {
                await assessor.AssessAsync(recording.Text, samples, cancellationToken);
            }
            catch (VoiceException)
            {
                failed++;
            }
            var took = Environment.CpuUsage.TotalTime - before;
            if (!isFirst)
            {
                (audio, work) = (audio + length, work + took);
                shares.Add(took / length);
            }
            isFirst = false;
            if (shares.Count % 20 == 0) { BenchReport.Progress($"assess: {shares.Count} recordings"); }
            if (shares.Count >= recordings) { break; }
        }
        return new JsonObject
        {
            ["rtf"] = Math.Round(work / audio, 3),
            ["rtf_p95"] = Percentiles.Of(shares, 95),
            ["recordings"] = shares.Count,
            ["not_judged"] = failed,
            ["of"] = "CPU time of the whole process over the recordings' length, one recording at a time",
            ["load_average_1m"] = Machine.LoadAverage,
        };
    }
}
