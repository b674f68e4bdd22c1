using System.Collections.Frozen;

namespace Parley.Transports.Xiaozhi;

/// <summary>The faces that the firmware can make, and which of them is meant by an emotion.</summary>
internal static class Faces
{
    private static readonly FrozenDictionary<string, string> s_emojis = new Dictionary<string, string>
    {
        ["neutral"] = "😶",
        ["happy"] = "🙂",
        ["laughing"] = "😆",
        ["funny"] = "😂",
        ["sad"] = "😔",
        ["angry"] = "😠",
        ["crying"] = "😭",
        ["loving"] = "😍",
        ["embarrassed"] = "😳",
        ["surprised"] = "😯",
        ["shocked"] = "😱",
        ["thinking"] = "🤔",
        ["winking"] = "😉",
        ["cool"] = "😎",
        ["relaxed"] = "😌",
        ["delicious"] = "🤤",
        ["kissy"] = "😘",
        ["confident"] = "😏",
        ["sleepy"] = "😴",
        ["silly"] = "😜",
        ["confused"] = "🙄",
    }.ToFrozenDictionary();

    /// <summary>The face for an <see cref="Protocol.EmotionTag"/>; neutral for one that the firmware knows nothing like.</summary>
    public static Face Of(string emotion)
    {
        var name = emotion switch
        {
            "encouraging" => "happy",
            "concerned" => "sad",
            _ => s_emojis.ContainsKey(emotion) ? emotion : "neutral",
        };
        return new Face(name, s_emojis[name]);
    }
}
