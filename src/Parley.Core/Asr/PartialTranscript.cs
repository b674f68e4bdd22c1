namespace Parley.Asr;

/// <summary>What was understood so far.</summary>
/// <param name="Text">The whole text so far.</param>
/// <param name="StableLength">That many leading characters will not change in later partials of this utterance.</param>
/// <param name="Settled">
/// After <see cref="IRecognitionStream.SpeechPaused"/>: the final transcript, should the speaker not go on. Such a partial promises nothing for
/// the case that they do.
/// </param>
public readonly record struct PartialTranscript(string Text, int StableLength, FinalTranscript? Settled = null);
