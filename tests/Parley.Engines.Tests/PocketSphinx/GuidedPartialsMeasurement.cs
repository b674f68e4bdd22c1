using System.Diagnostics;
using Parley.Asr;
using Parley.Audio;
using Parley.PocketSphinx.Asr;
using Parley.Testing;
using Parley.Testing.Speech;

namespace Parley.Engines.Tests.PocketSphinx;

/// <summary>Measures what partials among four offered answers cost, when the first comes and how many of them are right. Runs only when asked for.</summary>
public sealed class GuidedPartialsMeasurement(ITestOutputHelper output)
{
    [Theory(Explicit = true)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Advance_LearnersAnswers_SaysWhatIsSaid(bool offered)
    {
        var folder = Path.GetDirectoryName(SharedData.Find("speechocean762-train/scores.jsonl"))!;
        Assert.SkipUnless(LearnerCorpus.IsAvailable(folder), "The command flac, which reads the corpus, is not on this machine.");
        var corpus = LearnerCorpus.Load(folder);
        var options = new PocketSphinxOptions();
        using var pool = new DecoderPool<Decoder>(1, () => Decoder.ForGuidance(options), _ => false, TimeProvider.System);
        var (audio, cost, slowest) = (0.0, TimeSpan.Zero, TimeSpan.Zero);
        var (partials, right, stable, stableRight, utterances, shown) = (0, 0, 0, 0, 0, 0);
        var first = new List<double>();
        foreach (var trial in ChoiceTrial.Draw(corpus, 150, seed: 11, offered: offered))
        {
            var samples = await corpus.ReadAsync(trial.Recording, TestContext.Current.CancellationToken);
            using var frontEnd = new FrontEnd(options);
            using var transcriber = new Transcriber(options, TimeProvider.System, pool, pool, Guidance.From(new RecognitionHints { Answers = trial.Offered }));
            var cepstra = new Cepstra();
            var last = default(PartialTranscript);
            var shownAt = 0.0;
            foreach (var frame in samples.Chunk(AudioMath.SpeechRate / 50))
            {
                frontEnd.Process(frame, cepstra);
                var start = Stopwatch.GetTimestamp();
                var partial = transcriber.Advance(cepstra, TestContext.Current.CancellationToken);
                var spent = Stopwatch.GetElapsedTime(start);
                cost += spent;
                slowest = spent > slowest ? spent : slowest;
                if (partial is not { } some) { continue; }
                partials++;
                if (IsPrefix(some.Text)) { right++; }
                if (last.Text is null) { shownAt = cepstra.Count / (double)Cepstra.Rate; }
                last = some;
            }
            utterances++;
            audio += samples.Length / (double)AudioMath.SpeechRate;
            if (last.Text is null) { continue; }
            shown++;
            first.Add(shownAt);
            if (last.StableLength == 0) { continue; }
            stable++;
            if (IsPrefix(last.Text[..last.StableLength])) { stableRight++; }

            bool IsPrefix(string text) => (trial.Recording.Text + " ").StartsWith(text + " ", StringComparison.Ordinal);
        }
        first.Sort();
        output.WriteLine($"offered {offered}: {shown} of {utterances} utterances of {audio / utterances:F1} s show partials, the first after {first[first.Count / 2]:F2} s of audio (median)");
        output.WriteLine($"{right} of {partials} partials right; stable part right in {stableRight} of {stable} utterances");
        output.WriteLine($"{cost.TotalSeconds / audio:F4} s a second of audio; slowest look {slowest.TotalMilliseconds:F0} ms");
        Assert.NotEqual(0, partials);
    }
}
