using System.Collections.Frozen;
using Parley.Alignment;
using Parley.Learning.Pronunciation.Features;

namespace Parley.Learning.Pronunciation;

/// <summary>Which phones learners say for which.</summary>
/// <remarks>
/// The phone that fits best is another than the expected one in half of all phones that experts find perfect, so by itself it means nothing. One is named only
/// where learners are known for it and the sound is clearly nearer to it.
/// </remarks>
internal static class PhoneConfusions
{
    // Nats by which it must fit better than the expected phone.
    private const float Margin = 2;

    private static readonly FrozenDictionary<string, string[]> s_known = new Dictionary<string, string[]>
    {
        ["TH"] = ["S", "T", "F"], ["DH"] = ["D", "Z", "L"], ["V"] = ["W", "F", "B"], ["W"] = ["V"], ["R"] = ["L", "W"], ["L"] = ["R", "N", "OW"],
        ["N"] = ["NG", "L", "M"], ["NG"] = ["N"], ["M"] = ["N"], ["Z"] = ["S"], ["S"] = ["SH", "TH"], ["SH"] = ["S"], ["ZH"] = ["SH", "R", "JH"], ["JH"] = ["CH", "ZH"],
        ["CH"] = ["SH", "JH"], ["B"] = ["P"], ["D"] = ["T"], ["G"] = ["K"], ["P"] = ["B"], ["T"] = ["D"], ["K"] = ["G"], ["F"] = ["HH", "V"], ["HH"] = ["F"],
        ["IY"] = ["IH"], ["IH"] = ["IY"], ["EH"] = ["AE", "EY"], ["AE"] = ["EH", "AA"], ["EY"] = ["EH"], ["AA"] = ["AO", "AH"], ["AO"] = ["OW", "AA"], ["AH"] = ["AA", "AE"],
        ["OW"] = ["AO"], ["UH"] = ["UW"], ["UW"] = ["UH"], ["AY"] = ["AE"], ["AW"] = ["AO"], ["ER"] = ["AH", "AO"],
    }.ToFrozenDictionary();

    /// <summary>The phone that was probably said instead; null where that is not clear.</summary>
    public static string? Likely(SpokenPhone phone)
    {
        var best = Phones.Names[phone.Evidence.Competitor];
        return phone.Evidence.Margin <= -Margin && s_known.GetValueOrDefault(phone.At.Name, []).Contains(best) ? best : null;
    }
}
