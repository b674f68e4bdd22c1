using System.Threading.Channels;
using Parley.Asr;
using Parley.Audio;
using Parley.Governance;
using Parley.Pipeline;

namespace Parley.Policy.Hybrid;

/// <summary>One utterance that two recognisers hear.</summary>
internal sealed class HybridStream : IRecognitionStream
{
    /// <summary>As long as the longest utterance: at 20 ms a frame, more than ten minutes.</summary>
    private const int MaxFrames = 32_768;

    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);

    private readonly Channel<AudioFrame> _audio = Channel.CreateBounded<AudioFrame>(new BoundedChannelOptions(MaxFrames) { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly IRecognitionStream _local;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly Task<FinalTranscript?> _refining;
    private bool _isComplete;

    public HybridStream(IRecognitionStream local, ISpeechRecognizer remote, RecognitionRequest request, TimeSpan timeout, TimeProvider time)
    {
        (_local, _timeout, _time) = (local, timeout, time);
        // Nobody waits for it.
        _refining = ListenAsync(remote, request with { Priority = CallPriority.Background });
    }

    public bool Refines => true;

    public void Write(AudioFrame frame)
    {
        _local.Write(frame);
        // An utterance with a hole in it is better not refined at all.
        if (!_audio.Writer.TryWrite(frame)) { _stop.Cancel(); }
    }

    public void SpeechPaused() => _local.SpeechPaused(); // The other is in no hurry: a final that comes to nothing would be paid for.

    public void SpeechResumed() => _local.SpeechResumed();

    public IAsyncEnumerable<PartialTranscript> ReadPartialsAsync(CancellationToken cancellationToken = default) => _local.ReadPartialsAsync(cancellationToken);

    public Task<FinalTranscript> FinishAsync(CancellationToken cancellationToken = default)
    {
        _isComplete = true;
        _audio.Writer.TryComplete();
        return _local.FinishAsync(cancellationToken);
    }

    public async Task<FinalTranscript?> RefineAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await _refining.WaitAsync(_timeout, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _stop.Cancel();
        _audio.Writer.TryComplete();
        await _local.DisposeAsync();
        try
        {
            await _refining.WaitAsync(s_grace, _time);
        }
        catch (TimeoutException)
        {
            return; // It does not listen, and cannot be waited for.
        }
        _stop.Dispose();
    }

    private async Task<FinalTranscript?> ListenAsync(ISpeechRecognizer remote, RecognitionRequest request)
    {
        try
        {
            await using var stream = await remote.OpenAsync(request, _stop.Token);
            await foreach (var frame in _audio.Reader.ReadEachAsync(_stop.Token)) { stream.Write(frame); }
            return _isComplete ? await stream.FinishAsync(_stop.Token) : null;
        }
#pragma warning disable CA1031 // Whatever the second recogniser throws, the first has answered: there is no refinement.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}
