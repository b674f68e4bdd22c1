using System.Diagnostics;
using System.Globalization;
using Parley.SherpaOnnx.Catalog;

namespace Parley.Cli.Models;

/// <summary>A bar in one line of the terminal that is written over. Not thread-safe.</summary>
internal sealed class ProgressLine(TextWriter output, bool visible) : IDisposable
{
    private const int Width = 30;

    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(100);

    private long _shown;
    private bool _open;

    public void Show(DownloadProgress progress)
    {
        if (!visible || (progress.Done < progress.Total && Stopwatch.GetElapsedTime(_shown) < s_pace)) { return; }
        _shown = Stopwatch.GetTimestamp();
        _open = true;
        output.Write("\r" + Line(progress));
    }

    /// <summary>Ends the line, so that what follows begins a new one.</summary>
    public void Dispose()
    {
        if (_open) { output.WriteLine(); }
        _open = false;
    }

    internal static string Line(DownloadProgress progress)
    {
        var share = progress.Total > 0 ? Math.Clamp((double)progress.Done / progress.Total, 0, 1) : 0;
        var full = (int)(share * Width);
        var step = progress.Step switch { DownloadStep.Unpack => "unpacking", DownloadStep.Verify => "verifying", _ => "fetching" };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{step,-9} [{new string('#', full)}{new string(' ', Width - full)}] {share,4:0%}  {progress.Done / 1_000_000} of {progress.Total / 1_000_000} MB ");
    }
}
