namespace Parley.Tts;

/// <summary>Turns text into speech, streaming, with the times at which the mouth moves.</summary>
/// <remarks>Thread-safe. Synthesis never runs on the caller's thread.</remarks>
public interface ISpeechSynthesizer
{
    /// <summary>The name that configuration and <c>session.ready</c> use.</summary>
    string Name { get; }

    /// <summary>The voices that <see cref="SpeechRequest.Voice"/> may name; the first is the default.</summary>
    IReadOnlyList<string> Voices { get; }

    /// <summary>Whether the engine can speak <paramref name="language"/> (BCP 47).</summary>
    bool Supports(string language);

    /// <summary>Speaks one clause. The first chunk comes as soon as there is audio.</summary>
    /// <param name="request">Text, voice and speed.</param>
    /// <param name="cancellationToken">Stops synthesis at once; the enumeration then throws.</param>
    /// <returns>Chunks in order. Text without a speakable character gives none.</returns>
    /// <exception cref="Diagnostics.VoiceException">Unknown voice, or the engine failed.</exception>
    IAsyncEnumerable<SpeechChunk> SynthesizeAsync(SpeechRequest request, CancellationToken cancellationToken = default);
}
