using Parley.Learning.Pronunciation.Features;

namespace Parley.Learning.Pronunciation;

/// <summary>Whether a recording is of its text at all. What is another text, another language or no speech must not be scored.</summary>
internal static class TextMatch
{
    // Less of the speech than this under the text, fewer of the words heard, or less of the text heard as a whole.
    private const double LeastSpeech = 0.5, LeastWords = 0.5, LeastText = 0.5;

    /// <summary>What is wrong; null where they fit.</summary>
    public static string? Fault(Reading reading, Guess guess)
    {
        if (reading.ShareOfSpeech() < LeastSpeech) { return "The recording does not fit the text: most of what is said in it is something else."; }
        var words = guess.Said.Count(said => said >= AssessmentBuilder.Said) / (double)guess.Said.Count;
        return words < LeastWords || guess.Text < LeastText ? "The recording does not fit the text: most of its words cannot be heard in it." : null;
    }
}
