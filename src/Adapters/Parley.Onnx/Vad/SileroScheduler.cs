using Parley.Diagnostics;

namespace Parley.Onnx.Vad;

/// <summary>
/// Shares one engine among all streams. While there are few, a window that finds the engine idle runs at once on its caller's thread, and windows that find it
/// busy queue up; with many all do. One loop answers all that wait in one run: sixteen together cost a little more than half of what they cost alone.
/// </summary>
/// <remarks>
/// One lock guards queue and phases; whoever moves a stream out of <see cref="SileroPhase.Waiting"/> answers its caller, so that each is
/// answered once. The queue is bounded, for a stream stands in it at most once.
/// </remarks>
internal sealed class SileroScheduler : IDisposable
{
    private static readonly TimeSpan s_stopTimeout = TimeSpan.FromSeconds(5);

    private readonly object _lock = new();
    private readonly ISileroEngine _engine;
    private readonly SileroOptions _options;
    private readonly TimeSpan _stopTimeout;
    private readonly Queue<SileroStream> _queue;
    private readonly SileroStream[] _alone = new SileroStream[1];
    private readonly SileroStream[] _batch;
    private readonly Thread _loop;
    private long _runs;
    private int _streams;
    private bool _isBusy;
    private bool _isGathering;
    private bool _isStopping;

    /// <param name="engine">What is shared; owned from now on.</param>
    /// <param name="options">How many streams there may be, and how they share.</param>
    /// <param name="stopTimeout">How long <see cref="Dispose"/> waits for a run; null: 5 seconds.</param>
    public SileroScheduler(ISileroEngine engine, SileroOptions options, TimeSpan? stopTimeout = null)
    {
        (_engine, _options, _stopTimeout) = (engine, options, stopTimeout ?? s_stopTimeout);
        _batch = new SileroStream[engine.MaxBatch];
        _queue = new Queue<SileroStream>(Math.Min(options.MaxStreams, 1024));
        _loop = new Thread(Loop) { IsBackground = true, Name = "silero" };
        _loop.Start();
    }

    /// <summary>Runs of the engine so far.</summary>
    public long Runs => Interlocked.Read(ref _runs);

    private bool Gathers => _streams >= _options.GatherFrom && _options.Gather > TimeSpan.Zero;

    public SileroStream Open()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isStopping, typeof(SileroVoiceActivityDetector));
            if (_streams >= _options.MaxStreams)
            {
                throw new VoiceException(VoiceStage.Vad, $"All {_options.MaxStreams} streams of the detector are in use.", isTransient: true) { Class = FailureClass.Resource };
            }
            _streams++;
            return new SileroStream(this);
        }
    }

    public void Close(SileroStream stream)
    {
        lock (_lock)
        {
            if (stream.IsDisposed) { return; }
            stream.IsDisposed = true;
            _streams--;
            if (stream.Phase != SileroPhase.Waiting) { return; }
            stream.Phase = SileroPhase.Idle;
        }
        stream.Complete(Disposed());
    }

    /// <summary>Takes a window. If true, the engine is the caller's, who must call <see cref="RunAlone"/>; if false, an answer will come.</summary>
    public bool Begin(SileroStream stream, ReadOnlySpan<short> window)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isStopping || stream.IsDisposed, typeof(SileroVoiceActivityDetector));
            if (stream.Phase != SileroPhase.Idle) { throw new InvalidOperationException("The window before was not answered yet."); }
            stream.Prepare(window);
            if (!Gathers && !_isBusy && _queue.Count == 0)
            {
                stream.Phase = SileroPhase.Running;
                return _isBusy = true;
            }
            stream.Phase = SileroPhase.Waiting;
            if (!stream.IsQueued) { _queue.Enqueue(stream); }
            stream.IsQueued = true;
            // While the engine is busy, the loop could only look and wait again: Release wakes it. One that gathers wakes by itself, or when the batch is full.
            if (!_isBusy && (!_isGathering || _queue.Count == _batch.Length)) { Monitor.PulseAll(_lock); }
            return false;
        }
    }

    public void RunAlone(SileroStream stream)
    {
        try
        {
            _alone[0] = stream;
            _engine.Run(_alone);
        }
        finally { Release(_alone); }
    }

    /// <summary>Whether the stream was still waiting; then it is no more, and the caller must answer.</summary>
    public bool Withdraw(SileroStream stream)
    {
        lock (_lock)
        {
            if (stream.Phase != SileroPhase.Waiting) { return false; }
            stream.Phase = SileroPhase.Idle;
            return true;
        }
    }

    /// <summary>Fails what waits, waits for what runs, then frees the engine.</summary>
    public void Dispose()
    {
        SileroStream[] waiting;
        lock (_lock)
        {
            if (_isStopping) { return; }
            _isStopping = true;
            waiting = [.. _queue.Where(s => s.Phase == SileroPhase.Waiting)];
            foreach (var stream in waiting) { stream.Phase = SileroPhase.Idle; }
            _queue.Clear();
            Monitor.PulseAll(_lock);
        }
        foreach (var stream in waiting) { stream.Complete(Disposed()); }
        var stopped = _loop.Join(_stopTimeout);
        lock (_lock)
        {
            while (stopped && _isBusy) { stopped = Monitor.Wait(_lock, _stopTimeout); }
        }
        // A run that hangs keeps its memory: leaking it is better than pulling it away.
        if (stopped) { _engine.Dispose(); }
    }

    private void Loop()
    {
        while (TakeBatch() is var count && count > 0)
        {
            var batch = _batch.AsSpan(0, count);
            Exception? error = null;
            try { _engine.Run(batch); }
            // Whatever it is, the callers get it: a loop that died of it would leave them and all others waiting.
            catch (Exception e) { error = e; }
            Release(batch);
            foreach (var stream in batch) { stream.Complete(error); }
        }
    }

    /// <summary>Waits until there is something to do and takes all of it that fits; 0 when the detector is disposed.</summary>
    private int TakeBatch()
    {
        lock (_lock)
        {
            while (true)
            {
                while (!_isStopping && (_isBusy || _queue.Count == 0)) { Monitor.Wait(_lock); }
                if (Gathers && _queue.Count < _batch.Length && !_isStopping)
                {
                    _isGathering = true;
                    Monitor.Wait(_lock, _options.Gather);
                    _isGathering = false;
                    if (_isBusy) { continue; }
                }
                if (_isStopping) { return 0; }
                var count = 0;
                while (count < _batch.Length && _queue.TryDequeue(out var stream))
                {
                    stream.IsQueued = false;
                    if (stream.Phase != SileroPhase.Waiting) { continue; }
                    stream.Phase = SileroPhase.Running;
                    _batch[count++] = stream;
                }
                if (count == 0) { continue; }
                _isBusy = true;
                return count;
            }
        }
    }

    private void Release(ReadOnlySpan<SileroStream> streams)
    {
        lock (_lock)
        {
            foreach (var stream in streams) { stream.Phase = SileroPhase.Idle; }
            _runs++;
            _isBusy = false;
            if (_isStopping || _queue.Count > 0) { Monitor.PulseAll(_lock); }
        }
    }

    private static ObjectDisposedException Disposed() => new(nameof(SileroVoiceActivityDetector));
}
