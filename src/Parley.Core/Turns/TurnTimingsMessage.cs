using Parley.Transports.Protocol;

namespace Parley.Turns;

internal static class TurnTimingsMessage
{
    /// <summary>The timings as they stand on the wire: milliseconds with one decimal.</summary>
    public static TurnMetrics ToMessage(this TurnTimings timings, string turnId) => new(
        turnId, Ms(timings.Endpoint), Ms(timings.AsrFirstPartial), Ms(timings.AsrFinal), Ms(timings.ReplyFirstToken),
        Ms(timings.TtsFirstAudio), Ms(timings.FirstAudio), Ms(timings.Overhead));

    private static double? Ms(TimeSpan? duration) => duration is { } d ? Math.Round(d.TotalMilliseconds, 1) : null;
}
