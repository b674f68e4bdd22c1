namespace Parley.Tts;

/// <summary>A guess at how an unknown English word is pronounced, so that a name never breaks a turn.</summary>
/// <remarks>
/// Longest spelling first, then single letters. It is rough on purpose: in a choice among a few answers a rough pronunciation is enough,
/// and the words around it carry the decision.
/// </remarks>
public static class LetterToSound
{
    private static readonly Dictionary<string, string> s_rules = new()
    {
        ["tion"] = "SH AH N", ["sion"] = "ZH AH N", ["ough"] = "AO", ["augh"] = "AO", ["eigh"] = "EY", ["igh"] = "AY", ["tch"] = "CH", ["dge"] = "JH",
        ["sch"] = "SH", ["eau"] = "OW", ["ture"] = "CH ER", ["que"] = "K", ["ing"] = "IH NG", ["qu"] = "K W", ["ch"] = "CH", ["sh"] = "SH", ["th"] = "TH",
        ["ph"] = "F", ["wh"] = "W", ["ck"] = "K", ["ng"] = "NG", ["gh"] = "G", ["kn"] = "N", ["wr"] = "R", ["ee"] = "IY", ["ea"] = "IY", ["oo"] = "UW",
        ["ou"] = "AW", ["ow"] = "OW", ["oi"] = "OY", ["oy"] = "OY", ["ai"] = "EY", ["ay"] = "EY", ["au"] = "AO", ["aw"] = "AO", ["ie"] = "IY", ["ei"] = "IY",
        ["ey"] = "IY", ["oa"] = "OW", ["ue"] = "UW", ["ew"] = "UW", ["ar"] = "AA R", ["er"] = "ER", ["ir"] = "ER", ["or"] = "AO R", ["ur"] = "ER", ["ce"] = "S",
        ["ci"] = "S IH", ["cy"] = "S IY", ["ge"] = "JH", ["gi"] = "JH IH", ["zh"] = "ZH",
        ["a"] = "AE", ["b"] = "B", ["c"] = "K", ["d"] = "D", ["e"] = "EH", ["f"] = "F", ["g"] = "G", ["h"] = "HH", ["i"] = "IH", ["j"] = "JH", ["k"] = "K",
        ["l"] = "L", ["m"] = "M", ["n"] = "N", ["o"] = "AA", ["p"] = "P", ["q"] = "K", ["r"] = "R", ["s"] = "S", ["t"] = "T", ["u"] = "AH", ["v"] = "V",
        ["w"] = "W", ["x"] = "K S", ["y"] = "Y", ["z"] = "Z",
    };

    private static readonly Dictionary<char, string> s_long = new() { ['a'] = "EY", ['e'] = "IY", ['i'] = "AY", ['o'] = "OW", ['u'] = "UW" };

    /// <summary>CMUdict phones without stress, separated by blanks; at least one for any word of a-z and apostrophes.</summary>
    public static string Pronounce(string word)
    {
        var letters = word.Replace("'", "", StringComparison.Ordinal);
        var phones = new List<string>();
        for (var at = 0; at < letters.Length;)
        {
            if (at == letters.Length - 1 && at > 0)
            {
                var last = phones.Count == 0 ? letters[at..] : letters[at] switch { 'e' => "", 'y' => "IY", 'o' => "OW", 'a' => "AH", 'i' => "IY", _ => null };
                if (last is not null)
                {
                    if (last.Length > 0) { phones.Add(last); }
                    break;
                }
            }
            if (IsLong(letters, at))
            {
                phones.Add(s_long[letters[at++]]);
                continue;
            }
            var length = Math.Min(4, letters.Length - at);
            while (length > 1 && !s_rules.ContainsKey(letters.Substring(at, length))) { length--; }
            var phone = s_rules.GetValueOrDefault(letters.Substring(at, length), "AH");
            if (at == 0 || length > 1 || letters[at] != letters[at - 1]) { phones.Add(phone); }
            at += length;
        }
        return phones.Count == 0 ? "AH" : string.Join(' ', phones);
    }

    // A vowel before one consonant and a final e says its name: make, time, home.
    private static bool IsLong(string letters, int at) =>
        at == letters.Length - 3 && letters[^1] == 'e' && s_long.ContainsKey(letters[at]) && !"aeiourwxy".Contains(letters[^2], StringComparison.Ordinal);
}
