namespace Parley.Learning.Grammar.Words;

/// <summary>Which article goes before a sound.</summary>
internal static class Articles
{
    private static readonly string[] s_likeConsonants = ["uni", "use", "usu", "euro", "one", "once", "u-", "ufo", "ubi", "ute", "eu"];

    private static readonly string[] s_silentH = ["hour", "honest", "honor", "honour", "heir"];

    /// <summary><c>an</c> before the sound of a vowel, otherwise <c>a</c>.</summary>
    public static string Before(string word) => BeginsWithVowel(word.ToLowerInvariant()) ? "an" : "a";

    private static bool BeginsWithVowel(string word)
    {
        if (word.Length == 0) { return false; }
        if (s_silentH.Any(h => word.StartsWith(h, StringComparison.Ordinal))) { return true; }
        if (word.StartsWith("unin", StringComparison.Ordinal) || word.StartsWith("unim", StringComparison.Ordinal) || word.StartsWith("unid", StringComparison.Ordinal)) { return true; }
        return word[0] is 'a' or 'e' or 'i' or 'o' or 'u' or '8' && !s_likeConsonants.Any(c => word.StartsWith(c, StringComparison.Ordinal));
    }
}
