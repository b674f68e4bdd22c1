using System.Collections.Frozen;

namespace Parley.Alignment;

/// <summary>The phones of American English as CMUdict names them (ARPAbet), without stress.</summary>
public static class Phones
{
    /// <summary>How many there are.</summary>
    public const int Count = 39;

    /// <summary>Their names, in alphabetical order.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "AA", "AE", "AH", "AO", "AW", "AY", "B", "CH", "D", "DH", "EH", "ER", "EY", "F", "G", "HH", "IH", "IY", "JH", "K",
        "L", "M", "N", "NG", "OW", "OY", "P", "R", "S", "SH", "T", "TH", "UH", "UW", "V", "W", "Y", "Z", "ZH",
    ];

    private static readonly FrozenDictionary<string, int> s_places = Names.Index().ToFrozenDictionary(name => name.Item, name => name.Index);

    /// <summary>The place of a name, with or without a digit of stress; -1 if there is no such phone.</summary>
    public static int IndexOf(string name) => s_places.GetValueOrDefault(name.TrimEnd('0', '1', '2'), -1);

    /// <summary>Whether a phone is the middle of a syllable.</summary>
    public static bool IsVowel(int phone) => Names[phone][0] is 'A' or 'E' or 'I' or 'O' or 'U';
}
