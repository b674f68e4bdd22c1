using Parley.Replies;

namespace Parley.Tutor.Matching;

/// <summary>Finds intents that may come at any time.</summary>
internal static class IntentReader
{
    private static readonly (Intent Intent, string[] Phrases)[] s_phrases =
    [
        (Intent.Help, ["help", "help me", "i don't know", "i do not know", "not sure", "no idea", "what can i say", "what should i say",
            "hint", "i need help", "i don't understand", "i do not understand", "i'm stuck", "can you help me", "how do i say it"]),
        (Intent.Repeat, ["repeat", "say that again", "say it again", "once more", "one more time", "pardon", "what did you say", "sorry what",
            "come again", "can you repeat", "could you repeat", "speak slowly", "more slowly", "slower", "i didn't hear", "again please"]),
        (Intent.Goodbye, ["goodbye", "good bye", "bye", "bye bye", "i want to stop", "let's stop", "stop the lesson", "i have to go", "i must go"]),
    ];

    /// <param name="text">What was said; empty for silence.</param>
    /// <param name="isWhole">Ask only for utterances that are little more than the intent, so that an answer which contains it wins.</param>
    public static Intent Read(string text, bool isWhole)
    {
        var words = SpokenText.Words(text);
        if (words.Length == 0) { return Intent.Silence; }
        if (MeaningOf(text) is not null) { return Intent.Meaning; }
        if (words is ["what"] or ["sorry"] or ["again"] or ["huh"]) { return Intent.Repeat; }
        foreach (var (intent, phrases) in s_phrases)
        {
            foreach (var phrase in phrases.Select(SpokenText.Words))
            {
                if (WordSimilarity.IndexOf(words, phrase) >= 0 && words.Length <= phrase.Length + (isWhole ? 2 : 6)) { return intent; }
            }
        }
        return Intent.None;
    }

    /// <summary>"decaf" of "what does decaf mean" or "what is decaf"; null for anything else.</summary>
    public static string? MeaningOf(string text)
    {
        var normalized = SpokenText.Normalize(text);
        if (normalized.StartsWith("what does ", StringComparison.Ordinal) && normalized.EndsWith(" mean", StringComparison.Ordinal))
        {
            return normalized["what does ".Length..Math.Max("what does ".Length, normalized.Length - " mean".Length)].Trim();
        }
        return normalized.StartsWith("what is the meaning of ", StringComparison.Ordinal) ? normalized["what is the meaning of ".Length..] : null;
    }
}
