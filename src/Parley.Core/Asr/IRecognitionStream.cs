using Parley.Audio;

namespace Parley.Asr;

/// <summary>The recognition of one utterance, from its pre-roll to its final transcript.</summary>
/// <remarks>
/// <see cref="Write"/>, <see cref="SpeechPaused"/>, <see cref="SpeechResumed"/> and <see cref="FinishAsync"/> come from one caller in order;
/// partials may be read by another. Disposing it stops all work and gives the decoder back, also while a final is being decoded.
/// </remarks>
public interface IRecognitionStream : IAsyncDisposable
{
    /// <summary>Takes the next audio, 16 kHz. Never blocks.</summary>
    void Write(AudioFrame frame);

    /// <summary>
    /// The speaker has fallen silent, perhaps for good: an engine that decodes whole utterances starts its final now,
    /// while the endpoint's silence still runs, so that the final costs no time of its own. A mere hint.
    /// </summary>
    void SpeechPaused();

    /// <summary>The speaker goes on: a final started by <see cref="SpeechPaused"/> is out of date.</summary>
    void SpeechResumed();

    /// <summary>Reads the partial transcripts as they come; ends when the final is asked for or the stream is disposed.</summary>
    IAsyncEnumerable<PartialTranscript> ReadPartialsAsync(CancellationToken cancellationToken = default);

    /// <summary>No more audio comes; gives the final transcript (empty text if nothing was understood).</summary>
    /// <exception cref="Diagnostics.VoiceException">Decoding failed.</exception>
    Task<FinalTranscript> FinishAsync(CancellationToken cancellationToken = default);

    /// <summary>Whether a better transcript may come after the final one.</summary>
    bool Refines => false;

    /// <summary>Waits, after <see cref="FinishAsync"/>, for a better transcript of the same utterance.</summary>
    /// <returns>Null: there is none, it failed, or it is too late. Only cancelling throws.</returns>
    Task<FinalTranscript?> RefineAsync(CancellationToken cancellationToken = default) => Task.FromResult<FinalTranscript?>(null);
}
