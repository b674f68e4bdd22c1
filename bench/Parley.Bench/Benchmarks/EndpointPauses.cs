using Parley.Asr;
using Parley.Audio;
using Parley.Bench.Reporting;
using Parley.Testing.Speech;
using Parley.Vad;

namespace Parley.Bench.Benchmarks;

/// <summary>Pauses and ends of real speech, each as a session hears it. The recogniser hears each once, however many detectors are then asked.</summary>
internal sealed class EndpointPauses(ISpeechRecognizer recognizer, IVoiceActivityDetector vad)
{
    /// <summary>The speakers' names of the sets without learners.</summary>
    public const string Native = "native", Conversation = "conversation";

    /// <summary>Recordings that are heard at a time. A recogniser needs as many decoders of each kind: without a free one it gives no partials.</summary>
    public const int Parallelism = 4;

    private const int Seed = 1, NativeCuts = 8, SpurtCuts = 2;

    private static readonly TimeSpan s_longSilence = TimeSpan.FromMilliseconds(500), s_margin = TimeSpan.FromMilliseconds(250);

    private readonly List<HeardPause> _heard = [];

    public IReadOnlyList<HeardPause> Heard => _heard;

    /// <summary>Learners who read, of those to whom nothing was fitted: the end of each sentence, a pause put into it, and their own pauses.</summary>
    public async Task AddLearnersAsync(LearnerCorpus corpus, int count, CancellationToken cancellationToken)
    {
        var recordings = corpus.Recordings.Where(recording => !corpus.FittedSpeakers.Contains(recording.Speaker)).ToArray();
#pragma warning disable CA5394 // drawn to be repeated, not to be secret
        new Random(Seed).Shuffle(recordings);
#pragma warning restore CA5394
        var sentences = recordings.Take(count).ToArray();
        await AddAsync("learners", sentences, async (recording, token) =>
        {
            var samples = await corpus.ReadAsync(recording, token);
            var words = await PauseTrials.AlignAsync(recognizer, samples, recording.Text, token);
            return [.. PauseTrials.Of(recording.Speaker, samples, words, cuts: 1, Array.IndexOf(sentences, recording))];
        }, cancellationToken);
    }

    /// <summary>A book and a speech, read by native speakers.</summary>
    public Task AddNativeSpeakersAsync(string folder, CancellationToken cancellationToken)
    {
        var rows = File.ReadLines(Path.Combine(folder, "transcripts.tsv")).Select(line => line.Split('\t'))
            .Where(row => row[0].StartsWith("austen", StringComparison.Ordinal) || row[0].StartsWith("jfk", StringComparison.Ordinal));
        return AddAsync(Native, rows, async (row, token) =>
        {
            var samples = WavReader.Read(Path.Combine(folder, row[0])).Samples;
            var words = await PauseTrials.AlignAsync(recognizer, samples, row[1], token);
            return [.. PauseTrials.Of(Native, samples, words, NativeCuts, Seed)];
        }, cancellationToken);
    }

    /// <summary>A minute of conversation, of which nobody wrote down where the sentences end: only pauses put between words that follow closely.</summary>
    public Task AddConversationAsync(string folder, CancellationToken cancellationToken) => AddAsync(Conversation, ["vad-minute.wav"], async (file, token) =>
    {
        var samples = WavReader.Read(Path.Combine(folder, file)).Samples;
        var words = await PauseTrials.ListenAsync(recognizer, samples, cancellationToken: token);
        return [.. Spurts(samples, words).SelectMany((spurt, i) => PauseTrials.Cut(Conversation, spurt.Samples, spurt.Words, SpurtCuts, Seed + i))];
    }, cancellationToken);

    /// <summary>The stretches of talk between long silences, each with a little of them, and its words counted from its beginning.</summary>
    private static IEnumerable<(short[] Samples, IReadOnlyList<RecognizedWord> Words)> Spurts(short[] samples, IReadOnlyList<RecognizedWord> words)
    {
        for (var (first, i) = (0, 0); i < words.Count; i++)
        {
            if (i + 1 < words.Count && words[i + 1].Start - words[i].End < s_longSilence) { continue; }
            var begin = words[first].Start < s_margin ? TimeSpan.Zero : words[first].Start - s_margin;
            var (from, to) = (AudioMath.SamplesIn(begin, AudioMath.SpeechRate), AudioMath.SamplesIn(words[i].End + s_margin, AudioMath.SpeechRate));
            yield return (samples[(int)from..(int)Math.Min(samples.Length, to)],
                [.. words.Skip(first).Take(i + 1 - first).Select(word => word with { Start = word.Start - begin, End = word.End - begin })]);
            first = i + 1;
        }
    }

    private async Task AddAsync<T>(
        string name, IEnumerable<T> sources, Func<T, CancellationToken, Task<PauseTrial[]>> trials, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken };
        var done = 0;
        await Parallel.ForEachAsync(sources, options, async (source, token) =>
        {
            foreach (var trial in await trials(source, token))
            {
                var pause = await HeardPause.PlayAsync(vad, recognizer, trial, token);
                lock (_heard) { _heard.Add(pause); }
            }
            if (Interlocked.Increment(ref done) % 20 == 0) { BenchReport.Progress($"{name}: {done} recordings"); }
        });
    }
}
