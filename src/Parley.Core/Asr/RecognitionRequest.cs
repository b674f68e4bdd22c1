namespace Parley.Asr;

/// <summary>What a recogniser is told before an utterance.</summary>
/// <param name="Language">BCP 47, such as <c>en-US</c>.</param>
/// <param name="Hints">What the reply stage expects to hear, if it expects something.</param>
public sealed record RecognitionRequest(string Language = "en-US", RecognitionHints? Hints = null);
