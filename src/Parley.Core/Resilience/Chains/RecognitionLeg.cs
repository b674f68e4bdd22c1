using Parley.Asr;
using Parley.Diagnostics;
using Parley.Governance;

namespace Parley.Resilience.Chains;

/// <summary>One engine's part in an utterance.</summary>
internal sealed class RecognitionLeg(EngineChain<ISpeechRecognizer> chain, int index, IRecognitionStream stream, TimeSpan patience, Exception? failure)
{
    private int _isOver;

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
        using var lease = await chain.Links[index].Guard.Slots.EnterAsync(order, cancellationToken);
        var began = chain.Time.GetTimestamp();
        var final = await chain.Links[index].Guard.RunOnceAsync(static s => s.leg.FinalAsync(s.token), (leg: this, token: cancellationToken), cancellationToken);
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
        {
            var latency = chain.Time.GetElapsedTime(began);
            lease.Measured(latency);
            chain.Links[index].Handle.Telemetry.Measured(latency);
            chain.Links[index].Handle.Telemetry.Succeeded();
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
        if (Interlocked.Exchange(ref _isOver, 1) != 0) { return; }
        if (FailureRules.IsEnginesFault(e)) { chain.Links[index].Handle.Telemetry.Failed(); } else { chain.Links[index].Handle.Telemetry.Abandoned(); }
        chain.Failed(index, e);
    }

    /// <summary>What went wrong before the final was asked for is for the breaker too.</summary>
    public void Report(Exception e) => chain.Links[index].Guard.Report(e);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0) { chain.Links[index].Handle.Telemetry.Abandoned(); }
        await stream.DisposeAsync();
    }

    private async ValueTask<FinalTranscript> FinalAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await stream.FinishAsync(cancellationToken).WaitAsync(patience, chain.Time, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new VoiceException(
                VoiceStage.Asr, $"{chain.Links[index].Name} gave no final transcript within {patience.TotalSeconds:0.###} s.", isTransient: true, e)
            { Class = FailureClass.Network };
        }
    }
}
