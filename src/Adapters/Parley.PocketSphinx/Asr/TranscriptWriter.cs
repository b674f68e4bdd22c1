using Parley.Asr;

namespace Parley.PocketSphinx.Asr;

/// <summary>Turns a decoder's path into the port's transcript.</summary>
internal static class TranscriptWriter
{
    public static FinalTranscript Free(Decoding decoding) => decoding.IsEmpty
        ? FinalTranscript.Empty(PocketSphinxProbe.Name)
        : new(decoding.Text, [.. decoding.Words.Select(word => Written(word.Word, word, word, DictationConfidence.OfWord(word)))],
            DictationConfidence.Of(decoding), PocketSphinxProbe.Name);

    /// <summary>The offer in its own spelling, its words at the times of what they are spoken as.</summary>
    public static FinalTranscript Hinted(GuidedResult result)
    {
        if (result.Decoding.IsEmpty) { return FinalTranscript.Empty(PocketSphinxProbe.Name) with { Guided = true }; }
        if (result.Match is not { } match) { return Free(result.Decoding) with { Guided = true, Confidence = result.Confidence }; }
        var words = new List<RecognizedWord>();
        var at = 0;
        foreach (var (written, spoken) in match.Tokens)
        {
            if (spoken.Length == 0) { continue; }
            var said = result.Decoding.Words.Skip(at).Take(spoken.Length).ToArray();
            words.Add(Written(written, said[0], said[^1], AnswerConfidence.OfWord(said, result.Confidence)));
            at += spoken.Length;
        }
        return new(match.Written, words, result.Confidence, PocketSphinxProbe.Name, Guided: true);
    }

    /// <summary>The tokens of an offer whose words have all been said, in its own spelling.</summary>
    /// <param name="offer">Begins with the words.</param>
    /// <param name="said">The words, in order.</param>
    public static IReadOnlyList<Segment> AsWritten(Offer offer, ReadOnlySpan<Segment> said)
    {
        var tokens = new List<Segment>();
        var silent = "";
        foreach (var (written, spoken) in offer.Tokens)
        {
            if (spoken.Length > said.Length) { break; }
            if (spoken.Length == 0)
            {
                silent += written + " ";
                continue;
            }
            tokens.Add(said[0] with { Word = silent + written, Last = said[spoken.Length - 1].Last });
            silent = "";
            said = said[spoken.Length..];
        }
        return tokens;
    }

    private static RecognizedWord Written(string text, Segment first, Segment last, double confidence) =>
        new(text, Time(first.First), Time(last.Last + 1), confidence);

    private static TimeSpan Time(int frame) => TimeSpan.FromSeconds((double)frame / Cepstra.Rate);
}
