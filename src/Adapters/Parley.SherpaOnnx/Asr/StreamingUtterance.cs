using System.Threading.Channels;
using Parley.Asr;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.SherpaOnnx.Native;
using Parley.SherpaOnnx.Text;

namespace Parley.SherpaOnnx.Asr;

/// <summary>One utterance of a streaming recogniser. The caller leaves audio; a worker of the decoder does the rest.</summary>
internal sealed class StreamingUtterance(
    string engine, OnlineStreamHandle stream, StreamingDecoder decoder, Punctuator? punctuator, SherpaOptions options, TimeProvider time, Action giveBack) : IRecognitionStream
{
    private readonly Lock _gate = new();
    private readonly UtteranceAudio _audio = new((int)AudioMath.SamplesIn(options.MaxUtterance, AudioMath.SpeechRate));
    private readonly StablePrefix _stable = new();
    private readonly TaskCompletionSource<FinalTranscript> _final = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<PartialTranscript> _partials =
        Channel.CreateBounded<PartialTranscript>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    private string _shown = "";
    private bool _queued, _finishing, _flushed, _more, _stopped;

    public OnlineStreamHandle Stream => stream;

    public bool IsStopped { get { lock (_gate) { return _stopped; } } }

    public void Write(AudioFrame frame)
    {
        if (frame.SampleRate != AudioMath.SpeechRate) { throw new ArgumentException("The recogniser takes 16 kHz audio.", nameof(frame)); }
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            if (_finishing) { throw new InvalidOperationException("The utterance is finished."); }
            _audio.Append(frame.Samples.Span);
            Wake();
        }
    }

    // What was said is decoded already when a pause is noticed: there is nothing to begin early and nothing to drop.
    public void SpeechPaused() { }

    public void SpeechResumed() { }

    public IAsyncEnumerable<PartialTranscript> ReadPartialsAsync(CancellationToken cancellationToken = default) => _partials.Reader.ReadAllAsync(cancellationToken);

    public async Task<FinalTranscript> FinishAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            _finishing = true;
            Wake();
        }
        _partials.Writer.TryComplete();
        try
        {
            return await _final.Task.WaitAsync(options.DecodeTimeout, time, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new VoiceException(VoiceStage.Asr, $"{engine} had no final transcript in time.", isTransient: true, e) { Class = FailureClass.Resource };
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (!_stopped)
            {
                _stopped = true;
                if (!_queued) { Release(); }
            }
        }
        await _released.Task; // a chunk of audio is decoded in milliseconds
    }

    /// <summary>Gives the stream the audio that has come; for the worker.</summary>
    public void Feed(OnlineModel model)
    {
        float[] audio;
        bool flush;
        lock (_gate)
        {
            if (_stopped) { return; }
            audio = _audio.Take();
            flush = _finishing && !_flushed;
            _flushed |= flush;
        }
        if (audio.Length > 0) { OnlineModel.Feed(stream, audio); }
        if (flush) { model.Finish(stream); }
    }

    /// <summary>Tells what was understood so far; for the worker.</summary>
    /// <param name="hypothesis">The whole text so far.</param>
    /// <param name="more">Whether there is audio left to decode.</param>
    public void Publish(Hypothesis hypothesis, bool more)
    {
        lock (_gate) { _more = more; }
        if (_flushed && !more)
        {
            var final = hypothesis.ToFinal(engine);
            _partials.Writer.TryComplete();
            _final.TrySetResult(punctuator is null || final.Text.Length == 0 ? final : final with { Text = punctuator.Punctuate(final.Text) });
            return;
        }
        if (hypothesis.Text == _shown) { return; }
        _shown = hypothesis.Text;
        if (_stable.Next(hypothesis.Text) is { } stable) { _partials.Writer.TryWrite(new PartialTranscript(hypothesis.Text, stable)); }
    }

    public void Fail(Exception fault)
    {
        _final.TrySetException(new VoiceException(VoiceStage.Asr, "Speech decoding failed.", inner: fault));
        _ = _final.Task.Exception; // it need not be asked for
    }

    /// <summary>The worker is done with it for now.</summary>
    public void Rest(StreamingDecoder from)
    {
        lock (_gate)
        {
            if (_stopped) { Release(); }
            else if (_final.Task.IsCompleted || !(_more || _audio.Count > 0 || (_finishing && !_flushed))) { _queued = false; }
            else if (!from.Enqueue(this)) { Abandon(); }
        }
    }

    private void Wake()
    {
        if (_queued) { return; }
        _queued = true;
        if (!decoder.Enqueue(this)) { Abandon(); }
    }

    private void Abandon()
    {
        _queued = false;
        Fail(new ObjectDisposedException(engine));
    }

    private void Release()
    {
        _queued = false;
        stream.Dispose();
        _partials.Writer.TryComplete();
        _final.TrySetCanceled(CancellationToken.None);
        giveBack();
        _released.TrySetResult();
    }
}
