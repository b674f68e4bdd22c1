using Parley.Asr;
using Parley.Diagnostics;

namespace Parley.Resilience.Chains;

/// <summary>Opens the streams of one utterance, engine after engine.</summary>
/// <remarks>One caller at a time.</remarks>
internal sealed class RecognitionOpening(EngineChain<ISpeechRecognizer> chain, RecognitionRequest request)
{
    private uint _tried;

    /// <summary>Opens the stream of the next engine that can.</summary>
    /// <param name="failure">Why the one before it did not serve; null: this is the first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="VoiceException">None can; it is the first failure.</exception>
    public async Task<RecognitionLeg> OpenAsync(Exception? failure, CancellationToken cancellationToken)
    {
        while (true)
        {
            var index = chain.Take(ref _tried);
            if (index < 0) { throw failure is null ? chain.NobodyLeft() : chain.Tell(failure); }
            var (link, patience) = (chain.Links[index], chain.CautiousPatience(index, _tried));
            link.Handle.Telemetry.Begin();
            try
            {
                var stream = await OpenAsync(link.Handle.Engine, patience, cancellationToken);
                return new RecognitionLeg(chain, index, stream, patience, failure);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                link.Handle.Telemetry.Abandoned();
                throw;
            }
            catch (Exception e) when (FailureRules.CallsForAnother(e))
            {
                link.Handle.Telemetry.Failed();
                link.Guard.Report(e);
                chain.Failed(index, e);
                failure ??= chain.Tell(e);
            }
            catch (Exception)
            {
                link.Handle.Telemetry.Abandoned();
                throw;
            }
        }
    }

    /// <summary>An engine that is late is told to stop; a stream that comes all the same is given back.</summary>
    private async Task<IRecognitionStream> OpenAsync(ISpeechRecognizer engine, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var opening = engine.OpenAsync(request, stop.Token).AsTask();
        try
        {
            return await opening.WaitAsync(patience, chain.Time, cancellationToken);
        }
        catch
        {
            stop.Cancel();
            _ = LeaveAsync(opening);
            throw;
        }
    }

    private static async Task LeaveAsync(Task<IRecognitionStream> opening)
    {
        try
        {
            await (await opening).DisposeAsync();
        }
#pragma warning disable CA1031 // Nobody waits for it any more.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
