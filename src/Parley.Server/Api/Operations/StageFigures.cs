using Parley.Turns;

namespace Parley.Server.Api.Operations;

/// <summary>What one stage took in many turns; milliseconds.</summary>
/// <param name="Stage">Its name, as in <c>turn_metrics</c>.</param>
/// <param name="Count">Turns that had this stage.</param>
/// <param name="P50Ms">Half of them took no longer,</param>
/// <param name="P90Ms">nine in ten,</param>
/// <param name="P95Ms">nineteen in twenty,</param>
/// <param name="MaxMs">all.</param>
internal sealed record StageFigures(string Stage, int Count, double P50Ms, double P90Ms, double P95Ms, double MaxMs)
{
    private static readonly (string Name, Func<TurnTimings, TimeSpan?> Of)[] s_stages =
    [
        ("endpoint", t => t.Endpoint), ("asr_first_partial", t => t.AsrFirstPartial), ("asr_final", t => t.AsrFinal), ("reply_first_token", t => t.ReplyFirstToken),
        ("tts_first_audio", t => t.TtsFirstAudio), ("first_audio", t => t.FirstAudio), ("overhead", t => t.Overhead),
    ];

    /// <summary>Those of all stages that any of the turns had.</summary>
    public static IReadOnlyList<StageFigures> Of(IReadOnlyList<LoggedTurn> turns) =>
        [.. s_stages.Select(s => Of(s.Name, [.. turns.Select(t => s.Of(t.Timings)).OfType<TimeSpan>().Order()])).OfType<StageFigures>()];

    private static StageFigures? Of(string stage, TimeSpan[] sorted)
    {
        return sorted.Length == 0 ? null : new StageFigures(stage, sorted.Length, At(0.5), At(0.9), At(0.95), At(1));

        double At(double share) => Math.Round(sorted[(int)Math.Ceiling(sorted.Length * share) - 1].TotalMilliseconds, 1);
    }
}
