using System.Threading.Channels;
using Parley.Asr;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.WebSockets.Sockets;

namespace Parley.WebSockets.DashScope;

/// <summary>One utterance, which is a task of the service: one loop sends the audio, another reads what is understood.</summary>
internal sealed class DashScopeStream : IRecognitionStream
{
    /// <summary>The service advises packets of about 100 ms.</summary>
    private const int PacketBytes = AudioMath.SpeechRate / 10 * sizeof(short);

    /// <summary>While the speaker speaks or rests, silence of the service means nothing.</summary>
    private static readonly TimeSpan s_listening = TimeSpan.FromMinutes(10);

    private readonly string _engine;
    private readonly DashScopeOptions _options;
    private readonly SocketPool _pool;
    private readonly ServiceSocket _socket;
    private readonly string _task = Guid.NewGuid().ToString("N");
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<FinalTranscript> _final = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Bounded by the longest utterance of a session; beyond it audio is dropped, as nobody would hear its transcript.
    private readonly Channel<ReadOnlyMemory<short>> _audio = Channel.CreateBounded<ReadOnlyMemory<short>>(
        new BoundedChannelOptions(32_768) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    private readonly Channel<PartialTranscript> _partials =
        Channel.CreateBounded<PartialTranscript>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly HeardSentences _heard = new();
    private readonly CancellationTokenSource _finishing = new();
    private readonly Task _run;
    private long _samples;
    private bool _isReusable;

    public DashScopeStream(string engine, DashScopeOptions options, SocketPool pool, ServiceSocket socket, string language)
    {
        (_engine, _options, _pool, _socket) = (engine, options, pool, socket);
        _run = Task.Run(() => RunAsync(language));
    }

    public void Write(AudioFrame frame)
    {
        if (frame.SampleRate != AudioMath.SpeechRate) { throw new ArgumentException("The recogniser takes 16 kHz audio.", nameof(frame)); }
        ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
        if (_finishing.IsCancellationRequested) { throw new InvalidOperationException("The utterance is finished."); }
        if (_audio.Writer.TryWrite(frame.Samples)) { Interlocked.Add(ref _samples, frame.Samples.Length); }
    }

    // The service finds pauses by itself, and a task that was finished cannot be resumed.
    public void SpeechPaused() { }

    public void SpeechResumed() { }

    public IAsyncEnumerable<PartialTranscript> ReadPartialsAsync(CancellationToken cancellationToken = default) => _partials.Reader.ReadAllAsync(cancellationToken);

    public async Task<FinalTranscript> FinishAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
        _audio.Writer.TryComplete();
        _partials.Writer.TryComplete();
        await _finishing.CancelAsync();
        return await _final.Task.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested) { return; }
        await _stop.CancelAsync();
        await _run;
        if (_isReusable) { _pool.Return(_socket); } else { _socket.Dispose(); }
        _stop.Dispose();
        _finishing.Dispose();
    }

    private async Task RunAsync(string language)
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        try
        {
            await _socket.SendTextAsync(DashScopeMessages.RunTask(_task, _options.Model, language), failed.Token);
            var sending = SendAsync(failed.Token);
            try
            {
                await ReadAsync(sending, failed.Token);
                _isReusable = sending.IsCompletedSuccessfully;
            }
            finally
            {
                await failed.CancelAsync();
                _started.TrySetCanceled(CancellationToken.None);
                await sending.ContinueWith(_ => { }, TaskScheduler.Default);
            }
            _final.TrySetResult(_heard.Final(_engine, _options.Confidence, AudioMath.DurationOf(Interlocked.Read(ref _samples), AudioMath.SpeechRate)));
        }
        catch (OperationCanceledException) { _final.TrySetCanceled(CancellationToken.None); }
        catch (Exception problem)
        {
            _final.TrySetException(problem as VoiceException ?? SocketErrors.Unreachable(VoiceStage.Asr, problem));
            _ = _final.Task.Exception; // it need not be asked for
        }
        finally { _partials.Writer.TryComplete(); }
    }

    /// <summary>Sends the audio in packets, then the end.</summary>
    private async Task SendAsync(CancellationToken cancellationToken)
    {
        await _started.Task.WaitAsync(cancellationToken);
        var packet = new byte[PacketBytes];
        var filled = 0;
        await foreach (var samples in _audio.Reader.ReadAllAsync(cancellationToken))
        {
            for (var rest = samples; rest.Length > 0;)
            {
                var count = Math.Min(rest.Length, (PacketBytes - filled) / sizeof(short));
                Pcm16.Write(rest.Span[..count], packet.AsSpan(filled));
                rest = rest[count..];
                filled += count * sizeof(short);
                if (filled < PacketBytes) { continue; }
                await _socket.SendBinaryAsync(packet, cancellationToken);
                filled = 0;
            }
        }
        if (filled > 0) { await _socket.SendBinaryAsync(packet.AsMemory(0, filled), cancellationToken); }
        await _socket.SendTextAsync(DashScopeMessages.FinishTask(_task), cancellationToken);
    }

    /// <summary>Reads events to the end of the task.</summary>
    private async Task ReadAsync(Task sending, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (sending.IsFaulted) { await sending; }
            var read = DashScopeMessages.Read((await ReceiveAsync(cancellationToken)).Span);
            // What is left of the connection's task before belongs to nobody.
            if (read.Header!.TaskId is { } task && task != _task) { continue; }
            switch (read.Header.Event)
            {
                case "task-started": _started.TrySetResult(); break;
                case "result-generated" when read.Payload?.Output?.Sentence is { Heartbeat: not true } sentence: _partials.Writer.TryWrite(_heard.Push(sentence)); break;
                case "task-finished": return;
                case "task-failed": throw SocketErrors.Reported(VoiceStage.Asr, read.Header.ErrorCode);
            }
        }
    }

    /// <summary>The next event; once the speaker has finished, or until the service is ready, it has to come in time.</summary>
    private async Task<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken)
    {
        var isUrgent = !_started.Task.IsCompleted || _finishing.IsCancellationRequested;
        var receiving = _socket.ReceiveAsync(isUrgent ? _options.Timeout : s_listening, cancellationToken);
        if (isUrgent) { return await receiving; }
        var ends = Task.Delay(Timeout.Infinite, _finishing.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        if (await Task.WhenAny(receiving, ends) == receiving) { return await receiving; }
        return await receiving.WaitAsync(_options.Timeout, cancellationToken);
    }
}
