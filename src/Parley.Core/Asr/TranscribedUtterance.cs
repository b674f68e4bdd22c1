namespace Parley.Asr;

/// <summary>What was understood of one utterance of a recording.</summary>
/// <param name="Start">Where it begins in the recording.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Transcript">What was understood; its words count from <paramref name="Start"/>.</param>
public sealed record TranscribedUtterance(TimeSpan Start, TimeSpan End, FinalTranscript Transcript)
{
    /// <summary>The words with their times in the recording.</summary>
    public IEnumerable<RecognizedWord> Words => Transcript.Words.Select(w => w with { Start = Start + w.Start, End = Start + w.End });
}
