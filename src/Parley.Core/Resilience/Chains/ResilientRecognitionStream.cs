using System.Runtime.CompilerServices;
using Parley.Asr;
using Parley.Audio;
using Parley.Governance;
using Parley.Pipeline;

namespace Parley.Resilience.Chains;

/// <summary>One utterance, heard by one engine after another where they fail; each hears it from its begin.</summary>
/// <remarks>What a speaker was shown does not shrink: partials of a later engine are told once they say more than what was told, and agree with what was promised.</remarks>
internal sealed class ResilientRecognitionStream(
    RecognitionOpening opening, RecognitionLeg first, TimeSpan maxReplay, CallPriority priority, TimeProvider time) : IRecognitionStream
{
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Queue<AudioFrame> _audio = [];
    private readonly CancellationTokenSource _over = new();
    private readonly BackgroundTasks _leaving = new();
    private RecognitionLeg? _later;
    private TimeSpan _kept, _forgotten;
    private string _told = "";
    private int _stable;
    private bool _isPaused, _isFinishing;

    private RecognitionLeg Present => _later ?? first;

    public void Write(AudioFrame frame)
    {
        lock (_lock)
        {
            _audio.Enqueue(frame);
            _kept += frame.Duration;
            // The newest frame stays, however long it is.
            while (_kept > maxReplay && _audio.Count > 1)
            {
                var oldest = _audio.Dequeue();
                _kept -= oldest.Duration;
                _forgotten += oldest.Duration;
            }
            Present.Stream.Write(frame);
        }
    }

    public void SpeechPaused()
    {
        lock (_lock)
        {
            _isPaused = true;
            Present.Stream.SpeechPaused();
        }
    }

    public void SpeechResumed()
    {
        lock (_lock)
        {
            _isPaused = false;
            Present.Stream.SpeechResumed();
        }
    }

    public async IAsyncEnumerable<PartialTranscript> ReadPartialsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _over.Token);
        var leg = first;
        while (leg is not null)
        {
            await using var partials = leg.Stream.ReadPartialsAsync(either.Token).GetAsyncEnumerator(either.Token);
            Exception? failure = null;
            while (true)
            {
                try
                {
                    if (!await partials.MoveNextAsync()) { break; }
                }
                catch (Exception e) when (!cancellationToken.IsCancellationRequested)
                {
                    failure = e;
                    break;
                }
                if (Merge(partials.Current, leg) is { } partial) { yield return partial; }
            }
            leg = _over.IsCancellationRequested ? null : await AfterAsync(leg, failure);
        }
    }

    public async Task<FinalTranscript> FinishAsync(CancellationToken cancellationToken = default)
    {
        _isFinishing = true;
        var leg = first;
        while (true)
        {
            while (leg.Successor is { } successor) { leg = await successor.WaitAsync(cancellationToken); }
            try
            {
                var final = await leg.FinishAsync(new CallOrder(priority, _kept), cancellationToken);
                _over.Cancel();
                return final;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                if (!FailureRules.CallsForAnother(e)) { throw; }
                await ReplaceAsync(leg, e);
            }
        }
    }

    /// <summary>Engines have a moment for it; one that hangs is left behind.</summary>
    public async ValueTask DisposeAsync()
    {
        _over.Cancel();
        RecognitionLeg last;
        lock (_lock) { last = Present; }
        _leaving.Add(last.DisposeAsync());
        try
        {
            await _leaving.WhenAllAsync().WaitAsync(s_grace, time);
        }
        catch (TimeoutException)
        {
        }
    }

    /// <summary>Who is read next: a successor, if there is one or has to be; null when nothing more comes.</summary>
    private async Task<RecognitionLeg?> AfterAsync(RecognitionLeg leg, Exception? failure)
    {
        if (failure is null && leg.Successor is null) { return null; }
        try
        {
            if (failure is not null && leg.Successor is null && !_isFinishing) { leg.Report(failure); }
            return _isFinishing && leg.Successor is null ? null : await ReplaceAsync(leg, failure ?? new OperationCanceledException());
        }
#pragma warning disable CA1031 // Whoever asks for the final is told.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private Task<RecognitionLeg> ReplaceAsync(RecognitionLeg failed, Exception failure)
    {
        lock (_lock) { return failed.Successor ??= FindSuccessorAsync(failed, failure); }
    }

    private async Task<RecognitionLeg> FindSuccessorAsync(RecognitionLeg failed, Exception failure)
    {
        failed.Fail(failure);
        var next = await opening.OpenAsync(failure, _over.Token);
        if (!TryTakeOver(next))
        {
            _leaving.Add(next.DisposeAsync());
            throw new OperationCanceledException(_over.Token);
        }
        // Nobody waits for it but the disposal of the utterance.
        _leaving.Add(failed.DisposeAsync());
        return next;
    }

    /// <returns>False: the utterance is over, and nobody needs a successor any more.</returns>
    private bool TryTakeOver(RecognitionLeg next)
    {
        lock (_lock)
        {
            if (_over.IsCancellationRequested) { return false; }
            next.Offset = _forgotten;
            foreach (var frame in _audio) { next.Stream.Write(frame); }
            if (_isPaused) { next.Stream.SpeechPaused(); }
            _later = next;
            return true;
        }
    }

    private PartialTranscript? Merge(PartialTranscript partial, RecognitionLeg leg)
    {
        if (partial.Settled is { } settled) { return partial with { Settled = leg.Place(settled) }; }
        if (leg != first && (partial.Text.Length < _told.Length || !partial.Text.StartsWith(_told[..Math.Min(_stable, _told.Length)], StringComparison.Ordinal))) { return null; }
        _told = partial.Text;
        _stable = leg == first ? partial.StableLength : Math.Max(_stable, partial.StableLength);
        return partial with { StableLength = _stable };
    }
}
