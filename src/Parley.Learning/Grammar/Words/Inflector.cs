namespace Parley.Learning.Grammar.Words;

/// <summary>Makes the forms of English words from their base forms.</summary>
internal static class Inflector
{
    private static readonly Dictionary<string, (string[] Past, string[] Participle)> s_verbs = Resource.Lines("Grammar.Words.irregular-verbs.txt")
        .Select(l => l.Split(' ')).ToDictionary(f => f[0], f => (f[1].Split('/'), f[2].Split('/')));

    private static readonly Dictionary<string, string> s_nouns = Resource.Lines("Grammar.Words.irregular-nouns.txt")
        .Select(l => l.Split(' ')).ToDictionary(f => f[0], f => f[1]);

    private static readonly Dictionary<string, string> s_singulars = s_nouns.Where(p => p.Key != p.Value).ToDictionary(p => p.Value, p => p.Key);

    /// <summary>Verbs of several syllables with the stress on the last, which double their consonant.</summary>
    private static readonly HashSet<string> s_doubling =
    [
        "begin", "prefer", "refer", "occur", "admit", "control", "permit", "regret", "forget", "commit", "equip", "transfer", "upset", "submit",
        "omit", "rebel", "compel", "expel", "patrol", "defer", "infer", "confer", "deter", "forbid", "program", "format", "kidnap", "worship",
    ];

    private static readonly Dictionary<string, (string Comparative, string Superlative)> s_degrees = new()
    {
        ["good"] = ("better", "best"), ["well"] = ("better", "best"), ["bad"] = ("worse", "worst"), ["badly"] = ("worse", "worst"), ["far"] = ("further", "furthest"),
        ["little"] = ("less", "least"), ["much"] = ("more", "most"), ["many"] = ("more", "most"), ["fun"] = ("more fun", "most fun"),
    };

    public static bool IsIrregular(string verb) => s_verbs.ContainsKey(verb) || verb == "be";

    /// <summary>The form of a base form that a tag stands for; the word itself where the tag asks for none.</summary>
    public static string Inflect(string word, Tag tag) => tag switch
    {
        Tag.VBZ => Third(word),
        Tag.VBD => Past(word),
        Tag.VBN => Participle(word),
        Tag.VBG => Gerund(word),
        Tag.VBP => word == "be" ? "are" : word,
        Tag.NNS => Plural(word),
        Tag.JJR => Comparative(word),
        Tag.JJS => Superlative(word),
        _ => word,
    };

    public static string Third(string verb) => verb switch { "be" => "is", "have" => "has", _ => WithS(verb) };

    public static string Past(string verb) => verb == "be" ? "was" : s_verbs.TryGetValue(verb, out var forms) ? forms.Past[0] : WithEd(verb);

    public static string Participle(string verb) => verb == "be" ? "been" : s_verbs.TryGetValue(verb, out var forms) ? forms.Participle[0] : WithEd(verb);

    public static bool IsPast(string form, string verb) => verb == "be" ? form is "was" or "were"
        : s_verbs.TryGetValue(verb, out var forms) ? forms.Past.Contains(form) : IsWithEd(form, verb);

    public static bool IsParticiple(string form, string verb) => verb == "be" ? form == "been"
        : s_verbs.TryGetValue(verb, out var forms) ? forms.Participle.Contains(form) : IsWithEd(form, verb);

    public static string Gerund(string verb) => verb switch
    {
        "be" => "being",
        _ when verb.EndsWith("ie", StringComparison.Ordinal) => $"{verb[..^2]}ying",
        _ when verb.EndsWith('e') && !verb.EndsWith("ee", StringComparison.Ordinal) && !verb.EndsWith("oe", StringComparison.Ordinal) && !verb.EndsWith("ye", StringComparison.Ordinal) => $"{verb[..^1]}ing",
        _ when Doubles(verb) => $"{verb}{verb[^1]}ing",
        _ when verb.EndsWith('c') => $"{verb}king",
        _ => $"{verb}ing",
    };

    public static string Plural(string noun) => s_nouns.TryGetValue(noun, out var plural) ? plural
        : noun.EndsWith("fe", StringComparison.Ordinal) && noun is not ("safe" or "cafe" or "giraffe") ? $"{noun[..^2]}ves" : WithS(noun);

    /// <summary>The singular of an irregular plural; null for another word.</summary>
    public static string? SingularOf(string plural) => s_singulars.GetValueOrDefault(plural);

    public static string Comparative(string word) => s_degrees.TryGetValue(word, out var degrees) ? degrees.Comparative : WithEr(word, "er", "more");

    public static string Superlative(string word) => s_degrees.TryGetValue(word, out var degrees) ? degrees.Superlative : WithEr(word, "est", "most");

    /// <summary>Whether the past by rule would be spelt so: of an irregular verb it is the error that learners make.</summary>
    public static bool IsWithEd(string form, string verb) => form == WithEd(verb) || form == $"{verb}ed" || (verb.EndsWith('l') && form == $"{verb}led");

    private static string WithEd(string verb) => verb switch
    {
        _ when verb.EndsWith('e') => $"{verb}d",
        _ when EndsInConsonantY(verb) => $"{verb[..^1]}ied",
        _ when Doubles(verb) => $"{verb}{verb[^1]}ed",
        _ when verb.EndsWith('c') => $"{verb}ked",
        _ => $"{verb}ed",
    };

    private static string WithS(string word) => word switch
    {
        _ when EndsInConsonantY(word) => $"{word[..^1]}ies",
        _ when word.EndsWith('s') || word.EndsWith('x') || word.EndsWith('z') || word.EndsWith("ch", StringComparison.Ordinal)
            || word.EndsWith("sh", StringComparison.Ordinal) || word is "go" or "do" or "undergo" or "undo" => $"{word}es",
        _ => $"{word}s",
    };

    private static string WithEr(string word, string ending, string before) => word switch
    {
        _ when Syllables(word) > 2 || (Syllables(word) == 2 && !word.EndsWith('y') && !word.EndsWith("le", StringComparison.Ordinal) && !word.EndsWith("ow", StringComparison.Ordinal))
            => $"{before} {word}",
        _ when word.EndsWith('e') => $"{word}{ending[1..]}",
        _ when EndsInConsonantY(word) => $"{word[..^1]}i{ending}",
        _ when Doubles(word) => $"{word}{word[^1]}{ending}",
        _ => $"{word}{ending}",
    };

    private static int Syllables(string word)
    {
        var count = 0;
        for (var i = 0; i < word.Length; i++)
        {
            if (IsVowel(word[i]) && (i == 0 || !IsVowel(word[i - 1]))) { count++; }
        }
        return word.EndsWith('e') && !word.EndsWith("le", StringComparison.Ordinal) && count > 1 ? count - 1 : count;
    }

    /// <summary>One vowel, then one consonant, in a stressed syllable.</summary>
    private static bool Doubles(string word) => s_doubling.Contains(word) ||
        (word.Length > 2 && !IsVowel(word[^1]) && word[^1] is not ('w' or 'x' or 'y' or 'h') && IsVowel(word[^2]) && !IsVowel(word[^3]) && Syllables(word) == 1)
        || (word.Length > 3 && word[^3] == 'u' && word[^4] == 'q' && IsVowel(word[^2]) && !IsVowel(word[^1]));

    private static bool EndsInConsonantY(string word) => word.Length > 1 && word[^1] == 'y' && !IsVowel(word[^2]);

    private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';
}
