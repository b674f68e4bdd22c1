using System.Collections.Frozen;

namespace Parley.EspeakNg.Tts;

/// <summary>Reads IPA as the nearest ARPAbet phones, so that the mouth moves in any language.</summary>
internal static class IpaPhones
{
    // IPA symbols on the left share the phones on the right; longer ones are tried first.
    private static readonly FrozenDictionary<string, string> s_phones = Build(
        ("p", "p"), ("b β", "b"), ("m ɱ", "m"), ("f ɸ", "f"), ("v ʋ", "v"), ("θ", "th"), ("ð", "dh"),
        ("t ʈ", "t"), ("d ɖ", "d"), ("ɾ", "dx"), ("k q c", "k"), ("ɡ g ɢ ɟ ɣ ʁ", "g"), ("x χ h ħ ɦ ʕ", "hh"), ("ʔ", "q"),
        ("tʃ tɕ tʂ", "ch"), ("dʒ dʑ dʐ", "jh"), ("ʃ ʂ ɕ ç", "sh"), ("ʒ ʐ ʑ", "zh"), ("s", "s"), ("z", "z"), ("ts", "t s"), ("dz", "d z"),
        ("n ɳ ɲ", "n"), ("ŋ ɴ", "ng"), ("l ɭ ɫ ʎ ɬ ɮ", "l"), ("r ɹ ɻ ʀ ɽ", "r"), ("j ʝ", "y"), ("w ʍ ɥ", "w"),
        ("ɑ a ɐ ä ɒ", "aa"), ("æ", "ae"), ("ʌ", "ah"), ("ɔ", "ao"), ("aʊ", "aw"), ("ə ɘ ɵ ᵊ", "ax"), ("aɪ", "ay"), ("ɛ e œ ø", "eh"),
        ("ɜ ɝ ɚ", "er"), ("eɪ", "ey"), ("ɪ ɨ ᵻ", "ih"), ("i y ʏ", "iy"), ("o oʊ əʊ", "ow"), ("ɔɪ", "oy"), ("ʊ", "uh"), ("u ʉ ɯ", "uw"));

    private static readonly int s_longest = s_phones.Keys.Max(k => k.Length);

    /// <summary>The phones of one word. Stress, length, tone and what else has no mouth shape of its own is skipped.</summary>
    public static List<string> Parse(string ipa)
    {
        var phones = new List<string>();
        for (var i = 0; i < ipa.Length;)
        {
            // A change of language, such as (en), is no sound.
            if (ipa[i] == '(' && ipa.IndexOf(')', i) is var close and > 0) { i = close + 1; continue; }
            var length = Math.Min(s_longest, ipa.Length - i);
            while (length > 0 && !s_phones.ContainsKey(ipa.Substring(i, length))) { length--; }
            if (length > 0) { phones.AddRange(s_phones[ipa.Substring(i, length)].Split(' ')); }
            i += Math.Max(1, length);
        }
        return phones;
    }

    private static FrozenDictionary<string, string> Build(params (string Ipa, string Phones)[] rows) =>
        rows.SelectMany(r => r.Ipa.Split(' '), (r, ipa) => KeyValuePair.Create(ipa, r.Phones)).ToFrozenDictionary();
}
