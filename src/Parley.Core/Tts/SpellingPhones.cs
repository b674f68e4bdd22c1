namespace Parley.Tts;

/// <summary>A guess at the phones of a written word, for engines that do not tell theirs.</summary>
public static class SpellingPhones
{
    private static readonly string[] s_digits = ["z iy r ow", "w ah n", "t uw", "th r iy", "f ao r", "f ay v", "s ih k s", "s eh v ah n", "ey t", "n ay n"];

    /// <summary>The phones, at least one.</summary>
    public static IReadOnlyList<string> Of(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        var phones = new List<string>();
        for (var at = 0; at < word.Length;)
        {
            var end = at;
            while (end < word.Length && (char.IsAsciiLetter(word[end]) || word[end] == '\'')) { end++; }
            if (end > at)
            {
                phones.AddRange(LetterToSound.Pronounce(word[at..end].ToLowerInvariant()).ToLowerInvariant().Split(' '));
                at = end;
                continue;
            }
            if (char.IsAsciiDigit(word[at])) { phones.AddRange(s_digits[word[at] - '0'].Split(' ')); }
            // A syllable of a script whose sounds are not known: some consonant, some vowel.
            else if (char.IsLetterOrDigit(word[at])) { phones.AddRange(word[at] > '\u2e80' ? ["d", "ah"] : ["ah"]); }
            at++;
        }
        if (phones.Count == 0) { phones.Add("ah"); }
        return phones;
    }
}
