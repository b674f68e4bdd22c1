using System.Diagnostics;
using Parley.Asr;
using Parley.Audio;

namespace Parley.Testing.Speech;

/// <summary>What a recogniser made of a <see cref="ChoiceTrial"/>.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Final">Its transcript.</param>
/// <param name="Audio">How long the recording lasts.</param>
/// <param name="Elapsed">
/// Wall time from <see cref="IRecognitionStream.SpeechPaused"/> to the transcript. All audio comes just before the pause, so there is somewhat more to do
/// than in a conversation, which brings it as it is spoken.
/// </param>
/// <param name="Cpu">Processor time of the whole process from the opening of the stream to the transcript: the recogniser's, if nothing else runs.</param>
public sealed record ChoiceOutcome(ChoiceTrial Trial, FinalTranscript Final, TimeSpan Audio, TimeSpan Elapsed, TimeSpan Cpu)
{
    /// <summary>Whether the transcript is what was said, letter by letter.</summary>
    public bool IsRight => Final.Text == Trial.Recording.Text;

    /// <summary>Plays a trial to a recogniser, all audio at once, with the offers as hints.</summary>
    public static async Task<ChoiceOutcome> PlayAsync(
        ISpeechRecognizer recognizer, LearnerCorpus corpus, ChoiceTrial trial, bool allowOther = false, CancellationToken cancellationToken = default)
    {
        var samples = await corpus.ReadAsync(trial.Recording, cancellationToken);
        var hints = new RecognitionHints { Answers = trial.Offered, AllowOther = allowOther };
        var cpu = Environment.CpuUsage.TotalTime;
        await using var stream = await recognizer.OpenAsync(new RecognitionRequest(Hints: hints), cancellationToken);
        stream.Write(new AudioFrame(samples, AudioMath.SpeechRate, TimeSpan.Zero));
        var start = Stopwatch.GetTimestamp();
        stream.SpeechPaused();
        var final = await stream.FinishAsync(cancellationToken);
        var elapsed = Stopwatch.GetElapsedTime(start);
        return new(trial, final, AudioMath.DurationOf(samples.Length, AudioMath.SpeechRate), elapsed, Environment.CpuUsage.TotalTime - cpu);
    }
}
