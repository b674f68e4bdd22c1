namespace Parley.Asr;

/// <summary>Cuts transcripts into lines that can be read as subtitles.</summary>
public static class TranscriptSegments
{
    private const int MaxCharacters = 80;

    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(6), s_pause = TimeSpan.FromSeconds(1);

    /// <summary>Cuts one utterance where a line is full or the speaker paused; without times of words it stays whole.</summary>
    public static IEnumerable<TranscriptSegment> Of(TranscribedUtterance utterance)
    {
        var transcript = utterance.Transcript;
        if (transcript.Text.Length == 0) { yield break; }
        if (transcript.Words.Count == 0)
        {
            yield return new TranscriptSegment(utterance.Start, utterance.End, transcript.Text, transcript.Confidence);
            yield break;
        }
        var line = new List<RecognizedWord>();
        foreach (var word in utterance.Words)
        {
            var isFull = line.Count > 0 && (line.Sum(w => w.Text.Length + 1) + word.Text.Length > MaxCharacters
                || word.End - line[0].Start > s_longest || word.Start - line[^1].End > s_pause);
            if (isFull)
            {
                yield return Line(line);
                line.Clear();
            }
            line.Add(word);
        }
        yield return Line(line);

        TranscriptSegment Line(List<RecognizedWord> words) =>
            new(words[0].Start, words[^1].End, string.Join(' ', words.Select(w => w.Text)), transcript.Confidence);
    }
}
