using Parley.Recording;
using Parley.Timeline;

namespace Parley.Replay;

/// <summary>A window that the detector judged.</summary>
/// <param name="At">When, in session time.</param>
/// <param name="Before">The number of the entry that it came before.</param>
/// <param name="Window">What it was found to be.</param>
internal readonly record struct JudgedWindow(TimeSpan At, long Before, RecordedWindow Window);

/// <summary>The detector's windows, however a recording holds them: one by one, or some together.</summary>
internal static class JudgedWindows
{
    /// <summary>Whether an entry holds any.</summary>
    public static bool Has(StoredEntry entry) => entry.Kind is TimelineKinds.Window or TimelineKinds.Windows;

    /// <summary>The windows of a leg, in order.</summary>
    public static IEnumerable<JudgedWindow> Of(ReplayLeg leg) => leg.Entries.Where(Has).SelectMany(Of);

    private static IEnumerable<JudgedWindow> Of(StoredEntry entry)
    {
        if (entry.Kind == TimelineKinds.Window)
        {
            return [new(entry.At, entry.Number, TimelineJson.Decode(entry, TimelineJsonContext.Default.RecordedWindow))];
        }
        var windows = TimelineJson.Decode(entry, TimelineJsonContext.Default.RecordedWindows);
        return windows.Probabilities.Select((probability, i) => new JudgedWindow(
            TimeSpan.FromTicks(windows.At[i]), windows.Before?[i] ?? entry.Number, new RecordedWindow(probability, windows.Samples)));
    }
}
