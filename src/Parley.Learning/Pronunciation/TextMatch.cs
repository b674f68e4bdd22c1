using Parley.Learning.Pronunciation.Features;

namespace Parley.Learning.Pronunciation;

/// <summary>Whether a recording is of its text at all. What is another text, another language or no speech must not be scored as if it were.</summary>
internal static class TextMatch
{
    /// <summary>What is said of a recording that does not fit.</summary>
    public const string Unheard = "The recording does not fit the text: most of its words cannot be heard in it.";

    // Less of the speech than this under the text, fewer of the words heard, or less of the text heard as a whole.
    private const double LeastSpeech = 0.5, LeastWords = 0.5, LeastText = 0.2;

    // So much of the text is heard as a whole in whatever is plainly of it. Of those in whom less is heard, some learners read that badly.
    private const double PlainText = 0.5;

    /// <summary>What is wrong; null where they fit, or may.</summary>
    public static string? Fault(Reading reading, Guess guess)
    {
        if (reading.ShareOfSpeech() < LeastSpeech) { return "The recording does not fit the text: most of what is said in it is something else."; }
        var words = guess.Said.Count(said => said >= AssessmentBuilder.Said) / (double)guess.Said.Count;
        return words < LeastWords || guess.Text < LeastText ? Unheard : null;
    }

    /// <summary>Whether they fit without a doubt.</summary>
    public static bool IsPlain(Guess guess) => guess.Text >= PlainText;

    /// <summary>The most that can be relied on what is guessed: 1, but less than 0.25 where there is a doubt.</summary>
    public static double Trust(Guess guess) => IsPlain(guess) ? 1 : guess.Text / 2;
}
