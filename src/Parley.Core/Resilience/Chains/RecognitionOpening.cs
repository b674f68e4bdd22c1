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
                var stream = await link.Handle.Engine.OpenAsync(request, cancellationToken).AsTask().WaitAsync(patience, chain.Time, cancellationToken);
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
}
