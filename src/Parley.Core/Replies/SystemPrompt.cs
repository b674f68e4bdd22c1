using System.Text;
using Parley.Transports.Protocol;

namespace Parley.Replies;

/// <summary>Writes the system prompt of a session.</summary>
internal static class SystemPrompt
{
    private const string DefaultPersona =
        "You are Parley, a friendly partner for spoken English practice. Your words are spoken aloud: answer in one to three short sentences, "
        + "without lists, markup or emoji, correct an important mistake briefly by saying it right, and end with one question.";

    /// <summary>Follows a reply that a broken line stopped in the middle.</summary>
    public const string GoOn = "The line broke while you were speaking. Go on exactly after your last word, without repeating or greeting.";

    /// <summary>Goes with the begin of an answer that another model broke off, which is the last message.</summary>
    public const string TakeOver = "Your answer, the last message, broke off. Go on exactly after its last word, without repeating, greeting or a remark about it.";

    // In the words of the system prompt, once and for all, so that an interruption leaves what a model has cached of the conversation valid.
    private const string Interruptions =
        "Where a message of yours ends in a dash (—), the user interrupted you there and heard no more of it: go on from what they said, "
        + "and do not start the message over.";

    // A reply must come within a breath: what is longer than this belongs into a search, not into every prompt.
    private const int MaxContextCharacters = 6_000;

    public static string For(SessionConfig config)
    {
        var prompt = new StringBuilder(config.Persona ?? DefaultPersona);
        if (config.Level is { } level) { prompt.Append("\nThe user's level is ").Append(level).Append(" (CEFR)."); }
        if (config.Scenario is { } scenario) { prompt.Append("\nPlay this scenario with the user: ").Append(scenario).Append('.'); }
        if (config.Language is { } language) { prompt.Append("\nSpeak ").Append(language).Append('.'); }
        return prompt.Append('\n').Append(Interruptions).ToString();
    }

    public static string WithContext(string prompt, IReadOnlyCollection<ContextItem> items)
    {
        if (items.Count == 0) { return prompt; }
        var text = new StringBuilder(prompt).Append("\nThe user is looking at:");
        foreach (var item in items)
        {
            text.Append("\n[").Append(item.Title ?? item.Id);
            if (item.Page is { } page) { text.Append(", page ").Append(page); }
            text.Append("] ").Append(item.Text);
            if (text.Length > prompt.Length + MaxContextCharacters) { return text.ToString(0, prompt.Length + MaxContextCharacters); }
        }
        return text.ToString();
    }
}
