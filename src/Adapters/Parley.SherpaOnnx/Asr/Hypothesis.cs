using Parley.Asr;

namespace Parley.SherpaOnnx.Asr;

/// <summary>What a decoder made of the audio so far.</summary>
/// <param name="Text">The text, in Parley's spelling.</param>
/// <param name="Words">Its words with their times where the model tells them.</param>
/// <param name="Confidence">The mean probability of the tokens; null: the model tells none.</param>
internal sealed record Hypothesis(string Text, IReadOnlyList<RecognizedWord> Words, double? Confidence)
{
    /// <summary>What is believed of a transcript whose model tells no probability.</summary>
    public const double UnknownConfidence = 0.8;

    public static readonly Hypothesis Empty = new("", [], null);

    public FinalTranscript ToFinal(string engine) => Text.Length == 0
        ? FinalTranscript.Empty(engine)
        : new(Text, Words, Confidence ?? UnknownConfidence, engine);
}
