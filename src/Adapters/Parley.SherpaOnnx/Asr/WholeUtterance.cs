using System.Threading.Channels;
using Parley.Asr;
using Parley.Audio;
using Parley.Diagnostics;

namespace Parley.SherpaOnnx.Asr;

/// <summary>One utterance of a recogniser that hears it as a whole. Its final begins at the pause that may be its end, and comes to nothing if it is not.</summary>
internal sealed class WholeUtterance(
    string engine, UtteranceDecoder decoder, RecognitionHints? hints, SherpaOptions options, TimeProvider time) : IRecognitionStream
{
    /// <summary>Partials are made of so much new audio.</summary>
    private const int PartialSamples = (int)(0.6 * AudioMath.SpeechRate);

    /// <summary>How long a dispose waits for the library, which cannot be stopped; the decoder comes back by itself.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly UtteranceAudio _audio = new((int)AudioMath.SamplesIn(options.MaxUtterance, AudioMath.SpeechRate));
    private readonly CancellationTokenSource _stop = new();
    private readonly StablePrefix _stable = new();
    private readonly Channel<PartialTranscript> _partials =
        Channel.CreateBounded<PartialTranscript>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    private Task _settling = Task.CompletedTask;
    private Task _decoding = Task.CompletedTask;
    private Task? _partial;
    private Task<Hypothesis>? _early;
    private CancellationTokenSource? _drop;
    private int _heard;
    private bool _finishing;

    public void Write(AudioFrame frame)
    {
        if (frame.SampleRate != AudioMath.SpeechRate) { throw new ArgumentException("The recogniser takes 16 kHz audio.", nameof(frame)); }
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
            if (_finishing) { throw new InvalidOperationException("The utterance is finished."); }
            _audio.Append(frame.Samples.Span);
            if (options.LivePartials && _early is null && _audio.Count - _heard >= PartialSamples && _partial is null or { IsCompleted: true }) { HearSoFar(); }
        }
    }

    public void SpeechPaused()
    {
        lock (_gate)
        {
            if (_early is not null || _finishing || _stop.IsCancellationRequested) { return; }
            _drop = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            _early = decoder.DecodeAsync(_audio.Copy(), hints, Begun, _drop.Token);
            _settling = SettleAsync(_early);
        }
    }

    public void SpeechResumed()
    {
        lock (_gate)
        {
            if (_early is null || _finishing) { return; }
            _drop!.Cancel();
            _early = null;
        }
    }

    public IAsyncEnumerable<PartialTranscript> ReadPartialsAsync(CancellationToken cancellationToken = default) => _partials.Reader.ReadAllAsync(cancellationToken);

    public async Task<FinalTranscript> FinishAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Task<Hypothesis>? early;
        float[] audio;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
            _finishing = true;
            (early, audio) = (_early, _audio.Copy());
        }
        _partials.Writer.TryComplete();
        var final = DecodeAsync(early, audio);
        try
        {
            return (await final.WaitAsync(options.DecodeTimeout, time, cancellationToken)).ToFinal(engine);
        }
        catch (TimeoutException e)
        {
            throw new VoiceException(VoiceStage.Asr, $"{engine} had no final transcript in time.", isTransient: true, e) { Class = FailureClass.Resource };
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested) { return; }
        await _stop.CancelAsync();
        _partials.Writer.TryComplete();
        Task ended;
        lock (_gate) { ended = Task.WhenAll(_settling, _partial ?? Task.CompletedTask, _decoding); }
        await Task.WhenAny(ended, Task.Delay(s_patience, time, CancellationToken.None));
        _ = ended.Exception; // told to whoever asked for the final
    }

    private async Task<Hypothesis> DecodeAsync(Task<Hypothesis>? early, float[] audio)
    {
        if (early is not null)
        {
            try
            {
                return await early;
            }
            catch (VoiceException)
            {
                // No decoder was free then: tried again now.
            }
        }
        return await decoder.DecodeAsync(audio, hints, Begun, _stop.Token);
    }

    private async Task SettleAsync(Task<Hypothesis> early)
    {
        try
        {
            var final = (await early).ToFinal(engine);
            lock (_gate)
            {
                if (_early == early) { _partials.Writer.TryWrite(new PartialTranscript(final.Text, 0, final)); }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or VoiceException)
        {
            // The speaker goes on, or nothing was free: the final tells.
        }
    }

    private void Begun(Task decoding)
    {
        lock (_gate) { _decoding = Task.WhenAll(_decoding, decoding); }
    }

    private void HearSoFar()
    {
        if (decoder.TryDecode(_audio.Copy(), hints) is not { } decoding) { return; }
        _heard = _audio.Count;
        _partial = ShowAsync(decoding);
    }

    private async Task ShowAsync(Task<Hypothesis> decoding)
    {
        try
        {
            var text = (await decoding).Text;
            lock (_gate)
            {
                if (_early is null && _stable.Next(text) is { } stable) { _partials.Writer.TryWrite(new PartialTranscript(text, stable)); }
            }
        }
        catch (ObjectDisposedException)
        {
            // The engine ended: the final tells.
        }
    }
}
