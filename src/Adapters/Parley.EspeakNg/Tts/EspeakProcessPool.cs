using Parley.Diagnostics;

namespace Parley.EspeakNg.Tts;

/// <summary>Keeps processes started and waiting, so that a text is spoken without the wait for a program to load.</summary>
/// <remarks>Thread-safe. Whoever rents a process disposes it.</remarks>
internal sealed class EspeakProcessPool(EspeakNgOptions options) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<EspeakProcess> _waiting = [];
    private readonly SemaphoreSlim _slots = new(options.MaxSpeaking, options.MaxSpeaking);
    private bool _disposed;

    /// <summary>Waits for a turn; give it back with <see cref="Leave"/>.</summary>
    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        if (!await _slots.WaitAsync(options.QueueTimeout, cancellationToken))
        {
            throw new VoiceException(VoiceStage.Tts, "eSpeak NG was busy for too long.", isTransient: true) { Class = FailureClass.Resource };
        }
    }

    public void Leave() => _slots.Release();

    /// <summary>A process that waits for its text.</summary>
    public async ValueTask<EspeakProcess> RentAsync(EspeakKey key)
    {
        while (true)
        {
            EspeakProcess? found;
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                found = _waiting.Find(p => p.Key == key);
                if (found is not null) { _waiting.Remove(found); }
            }
            if (found is null) { return new EspeakProcess(options.Program, key); }
            if (!found.HasExited) { return found; }
            await found.DisposeAsync();
        }
    }

    /// <summary>Starts processes until enough wait for <paramref name="key"/>; the longest-waiting ones of other keys give way.</summary>
    public async ValueTask WarmAsync(EspeakKey key)
    {
        while (true)
        {
            lock (_lock)
            {
                if (_disposed || _waiting.Count(p => p.Key == key) >= options.WarmProcesses) { return; }
            }
            var fresh = new EspeakProcess(options.Program, key);
            EspeakProcess? surplus = null;
            lock (_lock)
            {
                if (_disposed) { surplus = fresh; }
                else
                {
                    _waiting.Add(fresh);
                    if (_waiting.Count > options.WarmProcesses)
                    {
                        surplus = _waiting[0];
                        _waiting.RemoveAt(0);
                    }
                }
            }
            if (surplus is not null) { await surplus.DisposeAsync(); }
        }
    }

    /// <summary>Kills the waiting processes. Those that speak end with their requests.</summary>
    public async ValueTask DisposeAsync()
    {
        EspeakProcess[] waiting;
        lock (_lock)
        {
            _disposed = true;
            waiting = [.. _waiting];
            _waiting.Clear();
        }
        foreach (var process in waiting) { await process.DisposeAsync(); }
    }
}
