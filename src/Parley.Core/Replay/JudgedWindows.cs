using Parley.Recording;
using Parley.Timeline;

namespace Parley.Replay;

/// <summary>The detector's windows, however a recording holds them: one by one, or some together.</summary>
internal static class JudgedWindows
{
    /// <summary>Whether an entry holds any.</summary>
    public static bool Has(StoredEntry entry) => entry.Kind is TimelineKinds.Window or TimelineKinds.Windows;

    /// <summary>The windows of an entry that has some, in order, with the session time at which each was judged.</summary>
    public static IEnumerable<(TimeSpan At, RecordedWindow Window)> Of(StoredEntry entry)
    {
        if (entry.Kind == TimelineKinds.Window) { return [(entry.At, TimelineJson.Decode(entry, TimelineJsonContext.Default.RecordedWindow))]; }
        var windows = TimelineJson.Decode(entry, TimelineJsonContext.Default.RecordedWindows);
        return windows.Probabilities.Zip(windows.At, (probability, at) => (TimeSpan.FromTicks(at), new RecordedWindow(probability, windows.Samples)));
    }
}
