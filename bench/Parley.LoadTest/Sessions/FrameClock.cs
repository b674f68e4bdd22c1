using System.Diagnostics;
using Parley.LoadTest.Measuring;

namespace Parley.LoadTest.Sessions;

/// <summary>Has each client send its frame every 20 ms, on a thread of its own; clients are spread over these 20 ms, as they are in life.</summary>
/// <remarks>Ticks lie on a fixed grid: one that comes late does not move the next.</remarks>
internal sealed class FrameClock(LoadFigures figures) : IDisposable
{
    private const int Slots = 10;

    private static readonly TimeSpan s_slot = TimeSpan.FromMilliseconds(20.0 / Slots);

    private readonly List<ILoadClient>[] _slots = [.. Enumerable.Range(0, Slots).Select(_ => new List<ILoadClient>())];
    private readonly CancellationTokenSource _stop = new();
    private int _added;
    private Thread? _thread;

    /// <summary>From now on a client's frames are sent.</summary>
    public void Add(ILoadClient client)
    {
        var slot = _slots[_added++ % Slots];
        lock (slot) { slot.Add(client); }
    }

    public void Start()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "microphones", Priority = ThreadPriority.Highest };
        _thread.Start();
    }

    /// <summary>No frame is sent any more once this returns.</summary>
    public void Stop()
    {
        _stop.Cancel();
        _thread?.Join();
    }

    public void Dispose()
    {
        Stop();
        _stop.Dispose();
    }

    private void Run()
    {
        var start = Stopwatch.GetTimestamp();
        for (long n = 1; !_stop.IsCancellationRequested; n++)
        {
            var slot = _slots[n % Slots];
            lock (slot)
            {
                foreach (var client in slot) { client.Tick(Stopwatch.GetTimestamp()); }
            }
            var wait = (n * s_slot) - Stopwatch.GetElapsedTime(start);
            if (wait > TimeSpan.Zero) { Thread.Sleep(wait); }
            figures.Lateness.Add(Stopwatch.GetElapsedTime(start) - (n * s_slot));
        }
    }
}
