namespace Parley.Turns.Endpointing;

/// <summary>What the grammar of an unfinished text says of its end. English; a text in another language shows nothing.</summary>
/// <param name="WordCount">Words, fillers among them.</param>
/// <param name="Ending">The kind of its last word.</param>
/// <param name="IsShortAnswer">A complete answer of a few words: <c>yes</c>, <c>no thanks</c>, <c>yes I can</c>.</param>
/// <param name="IsQuestion">Begins as a question does.</param>
/// <param name="OnlyFillers">Nothing was said but fillers, and at least one.</param>
/// <param name="IsOpenClause">Begins with a clause that another must follow, and is too short to hold both.</param>
/// <param name="IsClosed">Ends with a full stop, a question or an exclamation mark, where the recogniser writes them.</param>
public readonly record struct PartialText(
    int WordCount, WordKind Ending, bool IsShortAnswer, bool IsQuestion, bool OnlyFillers, bool IsOpenClause,
    bool IsClosed)
{
    internal static readonly char[] Punctuation = ['.', ',', '?', '!', ';', ':', '"', '…', '(', ')'];

    // "if it rains" has three words, "if it rains we stay" five.
    private const int TwoClauses = 5;

    /// <summary>Reads a partial transcript. Allocates nothing.</summary>
    public static PartialText Read(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        var (count, fillers, answers) = (0, 0, 0);
        var (first, second, last, beforeLast) = (WordKind.Content, WordKind.Content, WordKind.Content, WordKind.Content);
        foreach (var range in text.Split(' '))
        {
            var word = text[range].Trim(Punctuation);
            if (word.IsEmpty) { continue; }
            (beforeLast, last) = (last, WordKinds.Of(word));
            if (count == 0) { first = last; } else if (count == 1) { second = last; }
            if (last == WordKind.Filler) { fillers++; }
            if (last is WordKind.Answer or WordKind.Filler) { answers++; }
            count++;
        }
        // "yes i can", "no it isn't": the auxiliary stands for the verb that was asked about.
        var echoes = count is 3 && first == WordKind.Answer && beforeLast == WordKind.Subject && last == WordKind.Auxiliary;
        var question = count >= 2 && (first == WordKind.Question || (first == WordKind.Auxiliary && second == WordKind.Subject));
        return new(count, last, echoes || (answers > fillers && answers == count), question, count > 0 && fillers == count,
            first == WordKind.Subordinator && count < TwoClauses, text.Length > 0 && text[^1] is '.' or '?' or '!');
    }
}
