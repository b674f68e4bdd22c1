using System.Runtime.CompilerServices;
using Parley.Vad;

namespace Parley.Asr;

/// <summary>Recognises whole recordings, utterance by utterance.</summary>
public static class RecordingTranscriber
{
    /// <summary>Gives each utterance as soon as it is decoded, also those of which nothing was understood.</summary>
    /// <param name="recognizer">What decodes.</param>
    /// <param name="detector">What finds the pauses of a long recording.</param>
    /// <param name="request">Language and hints, the same for all utterances.</param>
    /// <param name="audio">The recording at 16 kHz, in pieces of any length.</param>
    /// <param name="cancellationToken">Stops the work; the enumeration then throws.</param>
    /// <exception cref="Diagnostics.VoiceException">An engine failed, or no decoder became free in time.</exception>
    public static async IAsyncEnumerable<TranscribedUtterance> TranscribeAsync(
        ISpeechRecognizer recognizer, IVoiceActivityDetector detector, RecognitionRequest request, IEnumerable<ReadOnlyMemory<short>> audio,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var utterance in UtteranceCutter.CutAsync(audio, detector, cancellationToken))
        {
            await using var stream = await recognizer.OpenAsync(request, cancellationToken);
            stream.Write(utterance);
            yield return new TranscribedUtterance(utterance.Offset, utterance.End, await stream.FinishAsync(cancellationToken));
        }
    }
}
