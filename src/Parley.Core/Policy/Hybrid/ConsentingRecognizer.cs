using Parley.Asr;
using Parley.Diagnostics;

namespace Parley.Policy.Hybrid;

/// <summary>Takes for each utterance the recogniser that the user's consent of that moment allows.</summary>
/// <param name="granted">While audio may be sent elsewhere; null: there is none for then.</param>
/// <param name="withheld">While it may not; null: there is none for then.</param>
internal sealed class ConsentingRecognizer(ISpeechRecognizer? granted, ISpeechRecognizer? withheld) : ISpeechRecognizer
{
    public string Name => (withheld ?? granted)!.Name;

    public ValueTask<IRecognitionStream> OpenAsync(RecognitionRequest request, CancellationToken cancellationToken = default) =>
        (request.CloudAudio ? granted : withheld)?.OpenAsync(request, cancellationToken)
        ?? throw new VoiceException(VoiceStage.Asr, request.CloudAudio
            ? "No recogniser is available." : "Without consent.cloud_audio there is no recogniser: all that are available send audio elsewhere.")
        {
            Class = FailureClass.UserInput,
        };
}
