using System.Threading.Channels;
using Parley.Asr;
using Parley.Audio;
using Parley.Diagnostics;

namespace Parley.OpenAICompatible.Asr;

/// <summary>One utterance. Its requests run beside the caller: one window at most while the speaker speaks, and one final when they fall silent.</summary>
internal sealed class TranscriptionStream : IRecognitionStream
{
    /// <summary>Less than this is a click.</summary>
    private static readonly int s_minSamples = AudioMath.SpeechRate / 10;

    private readonly string _engine;
    private readonly TranscriptionEngineOptions _options;
    private readonly TranscriptionClient _client;
    private readonly TranscriptionContext _context;
    private readonly PooledSpeech _audio;
    private readonly Windows? _windows;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _running = [];
    private readonly Channel<PartialTranscript> _partials =
        Channel.CreateBounded<PartialTranscript>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    private Task _window = Task.CompletedTask;
    private (Task<FinalTranscript> Task, CancellationTokenSource Cancel)? _early;
    private bool _paused, _finishing;
    private int _mark;

    public TranscriptionStream(string engine, TranscriptionEngineOptions options, TranscriptionClient client, TranscriptionContext context)
    {
        (_engine, _options, _client, _context) = (engine, options, client, context);
        _audio = new PooledSpeech((int)AudioMath.SamplesIn(options.MaxUtterance, AudioMath.SpeechRate));
        _windows = options.Mode == TranscriptionMode.Chunked ? new Windows(options, _audio) : null;
    }

    public void Write(AudioFrame frame)
    {
        if (frame.SampleRate != AudioMath.SpeechRate) { throw new ArgumentException("The recogniser takes 16 kHz audio.", nameof(frame)); }
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
            if (_finishing) { throw new InvalidOperationException("The utterance is finished."); }
            _audio.Append(frame.Samples.Span);
            if (_windows is { IsDue: true } && !_paused && _window.IsCompleted) { _window = Run(() => HearWindowAsync(_stop.Token)); }
        }
    }

    public void SpeechPaused()
    {
        lock (_gate)
        {
            if (_paused || _finishing) { return; }
            (_paused, _mark) = (true, _audio.Samples);
            _early = BeginFinal(_mark);
        }
    }

    public void SpeechResumed()
    {
        lock (_gate)
        {
            if (!_paused || _finishing) { return; }
            _paused = false;
            GiveUpEarly();
        }
    }

    public IAsyncEnumerable<PartialTranscript> ReadPartialsAsync(CancellationToken cancellationToken = default) => _partials.Reader.ReadAllAsync(cancellationToken);

    public async Task<FinalTranscript> FinishAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Task<FinalTranscript> final;
        bool isEarly;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
            _finishing = true;
            if (!_paused) { _mark = _audio.Samples; }
            isEarly = _early is not null;
            final = (_early ??= BeginFinal(_mark)).Task;
        }
        _partials.Writer.TryComplete();
        try
        {
            return await final.WaitAsync(cancellationToken);
        }
        catch (VoiceException) when (isEarly)
        {
            // Nobody was told of that failure, and it may be seconds old: the final that was asked for is a call of its own.
            lock (_gate)
            {
                if (_stop.IsCancellationRequested) { throw new OperationCanceledException("The utterance was dropped."); }
                final = BeginFinal(_mark).Task;
            }
            return await final.WaitAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task[] running;
        lock (_gate)
        {
            if (_stop.IsCancellationRequested) { return; }
            _stop.Cancel();
            running = [.. _running];
        }
        _partials.Writer.TryComplete();
        // Their failures are told to whoever awaits the final; here it matters that they have let go of the audio.
        await Task.WhenAll(running).ContinueWith(_ => { }, TaskScheduler.Default);
        lock (_gate) { _early?.Cancel.Dispose(); }
        _stop.Dispose();
        _audio.Dispose();
    }

    /// <summary>Under the gate.</summary>
    private (Task<FinalTranscript> Task, CancellationTokenSource Cancel) BeginFinal(int length)
    {
        var cancel = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var token = cancel.Token;
        var task = Run(() => DecodeAsync(length, token));
        return (task, cancel);
    }

    /// <summary>Under the gate.</summary>
    private void GiveUpEarly()
    {
        _early?.Cancel.Cancel();
        _early = null;
    }

    /// <summary>Under the gate. The utterance awaits all that it has begun.</summary>
    private Task<T> Run<T>(Func<Task<T>> work)
    {
        var task = Task.Run(work);
        _ = task.ContinueWith(t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        _running.RemoveAll(t => t.IsCompleted);
        _running.Add(task);
        return task;
    }

    private async Task<FinalTranscript> DecodeAsync(int length, CancellationToken cancellationToken)
    {
        var final = length < s_minSamples ? FinalTranscript.Empty(_engine)
            : _options.FinalFromWindows && _windows is not null ? await FinishWindowsAsync(_windows, length, cancellationToken)
            : await WholeAsync(length, cancellationToken);
        if (!cancellationToken.IsCancellationRequested) { _partials.Writer.TryWrite(new PartialTranscript(final.Text, 0, final)); }
        return final;
    }

    private async Task<FinalTranscript> WholeAsync(int length, CancellationToken cancellationToken)
    {
        // Deltas promise nothing for the case that the speaker goes on; beside windows, which promise something, they are left out.
        Action<string>? heard = _options.Stream && _windows is null
            ? text => { if (!cancellationToken.IsCancellationRequested) { _partials.Writer.TryWrite(new PartialTranscript(text, 0)); } }
            : null;
        var heardAll = await _client.TranscribeAsync(_audio.Slice(0, length), _context, heard, _options.Timeout, cancellationToken);
        return Final(heardAll.Text, heardAll.Words, heardAll.Confidence, length);
    }

    private async Task<FinalTranscript> FinishWindowsAsync(Windows windows, int length, CancellationToken cancellationToken)
    {
        // The window on its way belongs to the transcript: it is waited for, not raced.
        await _window.WaitAsync(cancellationToken);
        var (audio, offset) = windows.UpTo(length);
        var heard = await _client.TranscribeAsync(audio, _context, null, _options.Timeout, cancellationToken);
        IReadOnlyList<HeardWord> words;
        lock (_gate)
        {
            // Given up under the gate, too: from then on there are other windows.
            cancellationToken.ThrowIfCancellationRequested();
            words = windows.EndingWith(heard.TextWords(offset));
        }
        var timed = words.Where(w => w.Start is not null).ToList();
        return Final(HeardWord.Join(words), timed.Count == words.Count ? words : [], heard.Confidence, length);
    }

    private FinalTranscript Final(string text, IReadOnlyList<HeardWord> words, double? confidence, int length)
    {
        var certainty = confidence ?? _options.Confidence;
        var end = AudioMath.DurationOf(length, AudioMath.SpeechRate);
        return text.Length == 0 ? FinalTranscript.Empty(_engine) : new FinalTranscript(
            text,
            [.. words.Where(w => w.Start < end).Select(w => new RecognizedWord(w.Text, w.Start!.Value, w.End < end ? w.End!.Value : end, w.Confidence ?? certainty))],
            certainty,
            _engine);
    }

    private async Task<bool> HearWindowAsync(CancellationToken cancellationToken)
    {
        var (audio, offset) = _windows!.Take(_audio.Samples);
        try
        {
            var heard = await _client.TranscribeAsync(audio, _context, null, _options.Timeout, cancellationToken);
            lock (_gate)
            {
                var partial = _windows.Push(heard.TextWords(offset));
                if (!_finishing && !_paused) { _partials.Writer.TryWrite(partial); }
            }
            return true;
        }
        catch (VoiceException)
        {
            // A partial that does not come is no failure; the final will tell.
            return false;
        }
    }
}
