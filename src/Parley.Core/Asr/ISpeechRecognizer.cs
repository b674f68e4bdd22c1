namespace Parley.Asr;

/// <summary>Turns speech into text. One recogniser serves all sessions; each utterance gets a stream of its own.</summary>
/// <remarks>Thread-safe. Decoding never runs on the caller's thread.</remarks>
public interface ISpeechRecognizer
{
    /// <summary>The name that configuration, <c>session.ready</c> and <c>asr_final</c> use.</summary>
    string Name { get; }

    /// <summary>Whether the engine understands <paramref name="language"/> (BCP 47).</summary>
    /// <value>The default is true: it finds out by itself.</value>
    bool Supports(string language) => true;

    /// <summary>Opens a stream for one utterance.</summary>
    /// <param name="request">Language and hints for this turn.</param>
    /// <param name="cancellationToken">Gives up the wait for a free decoder.</param>
    /// <returns>The stream; dispose it to give its decoder back, whatever happened.</returns>
    /// <exception cref="Diagnostics.VoiceException">No decoder became free in time (transient), or the request cannot be served.</exception>
    ValueTask<IRecognitionStream> OpenAsync(RecognitionRequest request, CancellationToken cancellationToken = default);
}
