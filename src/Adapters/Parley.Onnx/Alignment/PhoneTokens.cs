using System.Collections.Frozen;
using System.Text.Json;
using Parley.Alignment;
using Parley.Diagnostics;

namespace Parley.Onnx.Alignment;

/// <summary>Which of a model's tokens are which phones: ARPAbet in any case, with or without digits of stress, or IPA.</summary>
/// <remarks>Immutable. Tokens that are no phone of English, such as marks and sounds of other languages, count as nothing; the blank and what parts words as silence.</remarks>
internal sealed class PhoneTokens
{
    // IPA symbols on the left are the phone on the right; marks of stress and length are taken off before.
    private static readonly FrozenDictionary<string, string> s_ipa = new (string Ipa, string Phone)[]
    {
        ("ɑ a ɒ ɐ", "AA"), ("æ", "AE"), ("ʌ ə ᵊ", "AH"), ("ɔ", "AO"), ("aʊ", "AW"), ("aɪ", "AY"), ("b", "B"), ("tʃ ʧ", "CH"), ("d", "D"), ("ð", "DH"), ("ɛ e", "EH"), ("ɜ ɝ ɚ", "ER"),
        ("eɪ", "EY"), ("f", "F"), ("ɡ g", "G"), ("h", "HH"), ("ɪ ᵻ", "IH"), ("i", "IY"), ("dʒ ʤ", "JH"), ("k", "K"), ("l ɫ", "L"), ("m", "M"), ("n", "N"), ("ŋ", "NG"), ("oʊ o əʊ", "OW"),
        ("ɔɪ", "OY"), ("p", "P"), ("r ɹ", "R"), ("s", "S"), ("ʃ", "SH"), ("t ɾ", "T"), ("θ", "TH"), ("ʊ", "UH"), ("u", "UW"), ("v", "V"), ("w", "W"), ("j", "Y"), ("z", "Z"), ("ʒ", "ZH"),
    }.SelectMany(row => row.Ipa.Split(' '), (row, ipa) => KeyValuePair.Create(ipa, row.Phone)).ToFrozenDictionary();

    private static readonly FrozenSet<string> s_silence = new[] { "<pad>", "[PAD]", "<blank>", "<blk>", "<eps>", "_", "|", " ", "SIL", "sil", "<sil>", "▁" }.ToFrozenSet();

    private PhoneTokens(int[] classes) => Classes = classes;

    /// <summary>For each token its class: a phone, silence at <see cref="Phones.Count"/>, or -1.</summary>
    public int[] Classes { get; }

    /// <summary>Reads a file of tokens.</summary>
    /// <exception cref="VoiceException">It cannot be read, or less than half of the phones of English are in it.</exception>
    public static PhoneTokens Read(string path)
    {
        int[] classes;
        try
        {
            classes = path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? OfJson(File.ReadAllBytes(path)) : [.. File.ReadLines(path).Select(line => ClassOf(line.Split('\t')[0].TrimEnd('\r')))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or FormatException)
        {
            throw new VoiceException(VoiceStage.Coach, $"Its tokens, {path}, cannot be read.", inner: e);
        }
        var known = classes.Where(c => c is >= 0 and < Phones.Count).Distinct().Count();
        return known >= Phones.Count / 2 ? new(classes) : throw new VoiceException(VoiceStage.Coach, $"Of the phones of English its tokens, {path}, have {known} only.");
    }

    private static int[] OfJson(byte[] bytes)
    {
        const int Most = 100_000;
        using var json = JsonDocument.Parse(bytes);
        var tokens = json.RootElement.EnumerateObject().Select(t => (t.Name, Place: t.Value.GetInt32())).ToArray();
        if (tokens.Any(t => t.Place is < 0 or >= Most)) { throw new FormatException(); }
        var classes = new int[tokens.Length == 0 ? 0 : tokens.Max(t => t.Place) + 1];
        Array.Fill(classes, -1);
        foreach (var (name, place) in tokens) { classes[place] = ClassOf(name); }
        return classes;
    }

    private static int ClassOf(string token)
    {
        if (s_silence.Contains(token) || token.Length == 0) { return Phones.Count; }
        if (s_ipa.TryGetValue(string.Concat(token.Where(c => c is not ('ˈ' or 'ˌ' or 'ː' or 'ˑ'))), out var phone)) { return Phones.IndexOf(phone); }
        return Phones.IndexOf(token.ToUpperInvariant());
    }
}
