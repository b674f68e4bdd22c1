using Parley.Asr;

namespace Parley.Policy.Hybrid;

/// <summary>A recogniser of this house gives partials and final at once; one elsewhere hears the same audio and refines the final when it comes to it.</summary>
/// <remarks>The second can fail, be late or hang: the turn does not notice. It must be used only while the user consents.</remarks>
/// <param name="local">Answers.</param>
/// <param name="remote">Refines.</param>
/// <param name="timeout">How long after the final a refinement is waited for.</param>
/// <param name="time">The clock of the wait.</param>
public sealed class HybridRecognizer(ISpeechRecognizer local, ISpeechRecognizer remote, TimeSpan timeout, TimeProvider time) : ISpeechRecognizer
{
    public string Name => local.Name;

    public async ValueTask<IRecognitionStream> OpenAsync(RecognitionRequest request, CancellationToken cancellationToken = default) =>
        new HybridStream(await local.OpenAsync(request, cancellationToken), remote, request, timeout, time);
}
