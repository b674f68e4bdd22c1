namespace Parley.Tts;

/// <summary>Guesses the language of a text from its script, for requests that do not say it.</summary>
public static class TextLanguage
{
    /// <summary>The language of a text in Latin script: which one it is cannot be seen.</summary>
    public const string Latin = "en-US";

    /// <summary>BCP 47 of the language that the script of most of the text's letters suggests.</summary>
    public static string Guess(string text)
    {
        var counts = new Dictionary<string, int>();
        foreach (var rune in text.EnumerateRunes())
        {
            if (LanguageOf(rune.Value) is { } language) { counts[language] = counts.GetValueOrDefault(language) + 1; }
        }
        // Japanese is written with Chinese characters too; kana give it away.
        if (counts.ContainsKey("ja-JP") && counts.Remove("zh-CN", out var han)) { counts["ja-JP"] += han; }
        return counts.Count == 0 ? Latin : counts.MaxBy(c => c.Value).Key;
    }

    private static string? LanguageOf(int rune) => rune switch
    {
        >= 'A' and <= 'Z' or >= 'a' and <= 'z' or >= 0xC0 and <= 0x24F => Latin,
        >= 0x400 and <= 0x52F => "ru-RU",
        >= 0x370 and <= 0x3FF => "el-GR",
        >= 0x590 and <= 0x5FF => "he-IL",
        >= 0x600 and <= 0x6FF => "ar-SA",
        >= 0x900 and <= 0x97F => "hi-IN",
        >= 0xE00 and <= 0xE7F => "th-TH",
        >= 0x3040 and <= 0x30FF => "ja-JP",
        >= 0xAC00 and <= 0xD7AF => "ko-KR",
        >= 0x3400 and <= 0x9FFF or >= 0x20000 and <= 0x2FFFF => "zh-CN",
        _ => null,
    };
}
