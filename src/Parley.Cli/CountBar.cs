using System.Diagnostics;
using System.Globalization;

namespace Parley.Cli;

/// <summary>How many of many things are done, as a bar in one line of the terminal that is written over. Thread-safe.</summary>
/// <param name="step">What is done, in a word.</param>
/// <param name="total">How many things there are.</param>
internal sealed class CountBar(string step, int total) : IDisposable
{
    private const int Width = 30;

    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly bool _visible = !Console.IsErrorRedirected;
    private int _done;
    private long _shown;

    /// <summary>One more is done.</summary>
    public void Advance()
    {
        lock (_gate)
        {
            _done++;
            if (!_visible || (_done < total && Stopwatch.GetElapsedTime(_shown) < s_pace)) { return; }
            _shown = Stopwatch.GetTimestamp();
            var full = (int)((long)Width * _done / Math.Max(1, total));
            Console.Error.Write(string.Create(
                CultureInfo.InvariantCulture, $"\r{step,-9} [{new string('#', full)}{new string(' ', Width - full)}] {(double)_done / total,4:0%}  {_done} of {total} "));
        }
    }

    /// <summary>Ends the line, so that what follows begins a new one.</summary>
    public void Dispose()
    {
        if (_visible && _done > 0) { Console.Error.WriteLine(); }
    }
}
