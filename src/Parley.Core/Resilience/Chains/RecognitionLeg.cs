using Parley.Asr;
using Parley.Diagnostics;
using Parley.Governance;

namespace Parley.Resilience.Chains;

/// <summary>One engine's part in an utterance.</summary>
internal sealed class RecognitionLeg(EngineChain<ISpeechRecognizer> chain, int index, IRecognitionStream stream, TimeSpan patience, Exception? failure)
{
    private EngineLease? _lease;
    private long _began;
    private int _isOver;

    private EngineLink<ISpeechRecognizer> Link => chain.Links[index];

    public IRecognitionStream Stream => stream;

    /// <summary>Who hears the utterance instead, once this one has failed.</summary>
    public Task<RecognitionLeg>? Successor { get; set; }

    /// <summary>Where in the utterance the audio begins that it hears.</summary>
    public TimeSpan Offset { get; set; }

    /// <summary>The final transcript, in time, with the times of the utterance.</summary>
    /// <param name="order">When it should have its turn.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<FinalTranscript> FinishAsync(CallOrder order, CancellationToken cancellationToken)
    {
        using var lease = await EnterAsync(order, cancellationToken);
        (_lease, _began) = (lease, chain.Time.GetTimestamp());
        using var span = ParleyTraces.EngineCall(VoiceStage.Asr, Link.Name, Link.Guard.IsLocal);
        var final = await Link.Guard.RunOnceAsync(
            static s => s.leg.FinalAsync(s.lease, s.token), (leg: this, lease, token: cancellationToken), cancellationToken);
        if (TryEnd())
        {
            var latency = chain.Time.GetElapsedTime(_began);
            lease.Measured(latency);
            Link.Handle.Telemetry.Measured(latency);
            Link.Handle.Telemetry.Succeeded();
        }
        chain.Served(index, failure);
        return Place(final);
    }

    /// <summary>A transcript of this engine with the times of the utterance.</summary>
    public FinalTranscript Place(FinalTranscript transcript) => Offset == TimeSpan.Zero ? transcript
        : transcript with { Words = [.. transcript.Words.Select(w => w with { Start = w.Start + Offset, End = w.End + Offset })] };

    /// <summary>It failed.</summary>
    public void Fail(Exception e)
    {
        if (FailureRules.IsEnginesFault(e) && TryEnd()) { Link.Handle.Telemetry.Failed(); }
        Abandon();
        chain.Failed(index, e);
    }

    /// <summary>What went wrong before the final was asked for is for the breaker too.</summary>
    public void Report(Exception e) => Link.Guard.Report(e);

    /// <summary>It is not needed any more. Whoever gives it up after the stage's timeout has waited long enough for its final: it is late then.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Volatile.Read(ref _isOver) == 0 && _lease is not null && chain.Time.GetElapsedTime(_began) >= chain.Options.Timeout)
        {
            var late = Late(null);
            _lease.Lost();
            Report(late);
            Fail(late);
        }
        Abandon();
        await stream.DisposeAsync();
    }

    private async ValueTask<EngineLease> EnterAsync(CallOrder order, CancellationToken cancellationToken)
    {
        try
        {
            return await Link.Guard.Slots.EnterAsync(order, cancellationToken);
        }
        catch (VoiceException)
        {
            Abandon(); // It was not asked: that it has too much to do is no failure of it.
            throw;
        }
    }

    private async ValueTask<FinalTranscript> FinalAsync(EngineLease lease, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.FinishAsync(cancellationToken).WaitAsync(patience, chain.Time, cancellationToken);
        }
        catch (TimeoutException e)
        {
            lease.Lost();
            throw Late(e);
        }
    }

    private VoiceException Late(TimeoutException? e) =>
        new(VoiceStage.Asr, $"{Link.Name} gave no final transcript within {patience.TotalSeconds:0.###} s.", isTransient: true, e) { Class = FailureClass.Network };

    private void Abandon()
    {
        if (TryEnd()) { Link.Handle.Telemetry.Abandoned(); }
    }

    /// <summary>The call ends once in what is measured of the engine.</summary>
    private bool TryEnd() => Interlocked.Exchange(ref _isOver, 1) == 0;
}
