using Parley.Alignment;
using Parley.Learning.Pronunciation.Features;
using Parley.Learning.Pronunciation.Stress;

namespace Parley.Learning.Pronunciation;

/// <summary>Makes of guessed scores what a learner is told.</summary>
internal static class AssessmentBuilder
{
    // Below this a word was probably not said.
    internal const float Said = 0.2f;

    // Frames of silence inside a clause that interrupt it, and frames of sound between words that are more than a breath.
    private const int Break = 60, Inserted = 40;

    // Semitones between the lowest and the highest tenth of a voice that hardly moves; frames of voice that it takes to tell of a whole, and of a word.
    private const float Flat = 1.5f;
    private const int VoiceToTell = PhoneAlignment.FrameRate, PitchToTell = 10;

    private const int FrameMs = 1000 / PhoneAlignment.FrameRate;

    /// <param name="reading">The reading.</param>
    /// <param name="guess">Its guessed scores.</param>
    /// <param name="model">What they were guessed by.</param>
    /// <param name="quality">How far the recording can be trusted.</param>
    /// <param name="stress">Hears which syllables were stressed; null: nobody does.</param>
    public static Assessment Build(Reading reading, Guess guess, PronunciationModel model, double quality = 1, WordStress? stress = null)
    {
        var (words, stressed) = (new List<AssessedWord>(), stress?.Of(reading));
        var (spoken, phone, heard) = (0, 0, 0);
        var (gaps, isMonotone) = (reading.Gaps.ToArray(), IsFlat(reading, 0, reading.Track.Pitches.Count, VoiceToTell));
        foreach (var word in reading.Alignment.Words)
        {
            if (word.Phones.Count == 0)
            {
                words.Add(new(word.Text, null, null, WordError.None, null, null, []));
                continue;
            }
            var isSaid = guess.Said[spoken] >= Said;
            var gap = phone > 0 ? gaps[phone - 1] - InsertedBefore(reading, reading.Phones[phone].Word) : 0;
            AssessedPhone[] phones = [.. reading.Phones.Skip(phone).Take(word.Phones.Count).Select((p, i) => Tell(p, guess.Phones[phone + i], model, isSaid))];
            var error = !isSaid ? WordError.Omission
                : guess.Words[spoken] < model.MispronouncedWord ? WordError.Mispronunciation
                : gap >= Break && !EndsClause(words[^1].Text) ? WordError.UnexpectedBreak
                : isMonotone && IsFlat(reading, word.First, word.End, PitchToTell) ? WordError.Monotone
                : WordError.None;
            var stressScore = isSaid && stressed?[spoken] is { } share ? Round(100 * share) : (double?)null;
            words.Add(new(word.Text, Round(10 * guess.Words[spoken]), stressScore, error, word.First * FrameMs, word.End * FrameMs, phones));
            heard += isSaid ? 1 : 0;
            phone += word.Phones.Count;
            spoken++;
        }
        return new(
            Round(10 * guess.Utterance[0]), Round(10 * guess.Utterance[1]), Round(10 * guess.Utterance[2]), Round(10 * guess.Utterance[3]),
            Round(100.0 * heard / spoken), Math.Round(Math.Min(TextMatch.Trust(guess), quality * guess.Said.Average() * Math.Min(1, reading.Phones.Count / 10.0)), 2), isMonotone, words,
            [.. Insertions(reading).OrderBy(insertion => insertion.StartMs)]) { FitsText = TextMatch.IsPlain(guess) };
    }

    private static AssessedPhone Tell(SpokenPhone phone, float score, PronunciationModel model, bool isSaid) => new(
        phone.At.Name, Round(50 * score), isSaid && score < model.DoubtfulPhone ? PhoneConfusions.Likely(phone) : null,
        phone.At.First * FrameMs, phone.At.End * FrameMs);

    // What the aligner has found, and where something sounds between the words of which it does not know what it is.
    private static IEnumerable<AssessedInsertion> Insertions(Reading reading)
    {
        foreach (var known in reading.Alignment.Insertions) { yield return new(known.Text, known.Before, known.First * FrameMs, known.End * FrameMs); }
        var speech = reading.Phones.Average(p => reading.LevelOf(p.At));
        foreach (var (before, after) in reading.Phones.Zip(reading.Phones.Skip(1)))
        {
            var (from, to) = (before.At.End, after.At.First);
            if (to - from < Inserted || reading.Alignment.Insertions.Any(known => Touches(known, after.Word))) { continue; }
            var sounding = Enumerable.Range(from, to - from).Count(f => f < reading.Track.Levels.Count && reading.Track.Levels[f] > speech - 10 && !float.IsNaN(reading.Track.Pitches[f]));
            if (sounding >= Inserted / 2) { yield return new(null, after.Word, from * FrameMs, to * FrameMs); }
        }
    }

    private static int InsertedBefore(Reading reading, int word) => reading.Alignment.Insertions.Where(known => Touches(known, word)).Sum(known => known.End - known.First);

    // Of what is said twice the text lies along one and leaves the other, before it or behind it.
    private static bool Touches(InsertedSpeech known, int word) => word >= known.Before && word <= known.Before + known.Text.Count(' '.Equals) + 1;

    private static bool IsFlat(Reading reading, int first, int end, int voiceToTell)
    {
        var pitches = reading.Track.Pitches.Take(end).Skip(first).Where(p => !float.IsNaN(p)).Order().ToArray();
        return pitches.Length >= voiceToTell && pitches[pitches.Length * 9 / 10] - pitches[pitches.Length / 10] < Flat;
    }

    private static bool EndsClause(string word) => word.TrimEnd('"', '\'', '”', '’', ')') is [.., '.' or ',' or ';' or ':' or '!' or '?' or '—' or '–' or '-'];

    private static double Round(double value) => Math.Round(value, 1);
}
