using System.Text;

namespace Parley.Replies;

/// <summary>Makes what was heard and what was written comparable: a recogniser gives neither case nor punctuation. Thread-safe.</summary>
public static class SpokenText
{
    private static readonly HashSet<string> s_yes = new(StringComparer.Ordinal)
    {
        "yes", "yeah", "yep", "yup", "yes please", "yes i did", "yes it is", "yes that's right", "that's right", "that is right", "right",
        "correct", "exactly", "sure", "of course", "yes of course", "ok", "okay", "uh huh", "yes i do", "yes i am", "yes i would", "yes sure",
    };

    private static readonly HashSet<string> s_no = new(StringComparer.Ordinal)
    {
        "no", "nope", "nah", "no thanks", "no thank you", "no i didn't", "no it isn't", "that's wrong", "wrong", "not really", "no i don't",
        "no i'm not", "no not that", "not that", "no that's wrong", "no that's not right", "that's not right", "i didn't say that",
    };

    /// <summary>Lower case, without accents and punctuation, one space between words; apostrophes and the colon of a time stay inside words.</summary>
    public static string Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = Fold(char.ToLowerInvariant(text[i]));
            var inside = result.Length > 0 && result[^1] != ' ' && i + 1 < text.Length && char.IsLetterOrDigit(text[i + 1]);
            if (char.IsLetterOrDigit(c) || (inside && c == '\'')
                || (inside && c is ':' or '.' && char.IsDigit(text[i - 1]) && char.IsDigit(text[i + 1]))) { result.Append(c); }
            else if (result.Length > 0 && result[^1] != ' ') { result.Append(' '); }
        }
        return result.ToString().TrimEnd();
    }

    /// <summary>The words of the normalised text.</summary>
    public static string[] Words(string text) => Normalize(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether the whole text says yes and nothing more.</summary>
    public static bool IsYes(string text) => s_yes.Contains(Normalize(text));

    /// <summary>Whether the whole text says no and nothing more.</summary>
    public static bool IsNo(string text) => s_no.Contains(Normalize(text));

    // By hand: in invariant globalisation mode the runtime does not decompose characters.
    private static char Fold(char c) => c switch
    {
        '\u2019' or '\u2018' or '`' => '\'',
        'é' or 'è' or 'ê' or 'ë' => 'e',
        'á' or 'à' or 'â' or 'ä' or 'ã' => 'a',
        'í' or 'ì' or 'î' or 'ï' => 'i',
        'ó' or 'ò' or 'ô' or 'ö' or 'õ' => 'o',
        'ú' or 'ù' or 'û' or 'ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        _ => c,
    };
}
