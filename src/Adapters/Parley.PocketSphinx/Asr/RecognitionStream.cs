using System.Threading.Channels;
using Parley.Asr;
using Parley.Audio;
using Parley.Diagnostics;

namespace Parley.PocketSphinx.Asr;

/// <summary>One utterance. Its loop runs on the thread pool and only while there is something to do; the caller only leaves audio and wishes.</summary>
internal sealed class RecognitionStream : IRecognitionStream
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<FinalTranscript> _final = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<PartialTranscript> _partials =
        Channel.CreateBounded<PartialTranscript>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly UtteranceAudio _audio;
    private readonly Transcriber _transcriber;
    private readonly FrontEnd _frontEnd;
    private readonly Cepstra _cepstra = new();
    private readonly Task _loop;
    private CancellationTokenSource? _early;
    private CancellationTokenSource? _partial;
    private int _resumptions;
    private bool _paused;
    private bool _finishing;

    public RecognitionStream(PocketSphinxOptions options, Transcriber transcriber, FrontEnd frontEnd)
    {
        _audio = new((int)AudioMath.SamplesIn(options.MaxUtterance, AudioMath.SpeechRate));
        (_transcriber, _frontEnd) = (transcriber, frontEnd);
        transcriber.Wanted = StopPartial;
        _loop = Task.Run(RunAsync);
    }

    public void Write(AudioFrame frame)
    {
        if (frame.SampleRate != AudioMath.SpeechRate) { throw new ArgumentException("The recogniser takes 16 kHz audio.", nameof(frame)); }
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
            if (_finishing) { throw new InvalidOperationException("The utterance is finished."); }
            _audio.Append(frame.Samples.Span);
        }
        Wake();
    }

    public void SpeechPaused()
    {
        lock (_gate)
        {
            if (_paused || _finishing) { return; }
            _paused = true;
            _audio.Mark();
        }
        StopPartial();
    }

    public void SpeechResumed()
    {
        lock (_gate)
        {
            if (!_paused || _finishing) { return; }
            _paused = false;
            _resumptions++;
            _audio.Unmark();
            _early?.Cancel();
        }
        Wake();
    }

    public IAsyncEnumerable<PartialTranscript> ReadPartialsAsync(CancellationToken cancellationToken = default) =>
        _partials.Reader.ReadAllAsync(cancellationToken);

    public async Task<FinalTranscript> FinishAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
            _finishing = true;
            if (!_paused) { _audio.Mark(); }
        }
        _partials.Writer.TryComplete();
        StopPartial();
        return await _final.Task.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_stop.IsCancellationRequested) { return; }
            _stop.Cancel();
        }
        await _loop;
        _stop.Dispose();
        _work.Dispose();
    }

    // A final never waits for a partial.
    private void StopPartial()
    {
        lock (_gate) { _partial?.Cancel(); }
        Wake();
    }

    private void Wake()
    {
        try
        {
            if (_work.CurrentCount == 0) { _work.Release(); }
        }
        catch (ObjectDisposedException)
        {
            // A pool may ask for its decoder back just after it was given back.
        }
    }

    private async Task RunAsync()
    {
        try
        {
            await DecodeAsync();
        }
        catch (OperationCanceledException)
        {
            _final.TrySetCanceled(CancellationToken.None);
        }
        catch (Exception fault)
        {
            _final.TrySetException(fault as VoiceException ?? new VoiceException(VoiceStage.Asr, "Speech decoding failed.", inner: fault));
            _ = _final.Task.Exception; // it need not be asked for
        }
        finally
        {
            _partials.Writer.TryComplete();
            _transcriber.Dispose();
            _frontEnd.Dispose();
        }
    }

    private async Task DecodeAsync()
    {
        FinalTranscript? early = null;
        var earlyOf = 0;
        while (true)
        {
            await _work.WaitAsync(_stop.Token);
            using var undo = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            bool decide, finish;
            int resumptions;
            lock (_gate)
            {
                (decide, finish, resumptions) = (_paused || _finishing, _finishing, _resumptions);
                (_early, _partial) = decide ? (undo, null) : ((CancellationTokenSource?)null, undo);
                if (resumptions != earlyOf) { early = null; }
            }
            _frontEnd.Process(_audio.Take(), _cepstra);
            try
            {
                if (!decide)
                {
                    if (_transcriber.Advance(_cepstra, undo.Token) is { } partial) { _partials.Writer.TryWrite(partial); }
                    continue;
                }
                var settled = early is null;
                early ??= await _transcriber.TranscribeAsync(_cepstra, undo.Token);
                earlyOf = resumptions;
                if (finish)
                {
                    _final.TrySetResult(early);
                    return;
                }
                if (settled) { _partials.Writer.TryWrite(new PartialTranscript(early.Text, 0, early)); }
            }
            catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
            {
                early = null; // the speaker goes on, or a partial gave way
            }
            catch (VoiceException) when (!finish)
            {
                early = null; // tried again, and reported, when the final is asked for
            }
            finally
            {
                lock (_gate) { (_early, _partial) = (null, null); }
            }
        }
    }
}
