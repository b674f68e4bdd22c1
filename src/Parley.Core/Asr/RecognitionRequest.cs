using Parley.Governance;

namespace Parley.Asr;

/// <summary>What a recogniser is told before an utterance.</summary>
/// <param name="Language">BCP 47, such as <c>en-US</c>.</param>
/// <param name="Hints">What the reply stage expects to hear, if it expects something.</param>
public sealed record RecognitionRequest(string Language = "en-US", RecognitionHints? Hints = null)
{
    /// <summary>Whether the user agrees that this utterance is sent elsewhere.</summary>
    /// <value>The default is false.</value>
    public bool CloudAudio { get; init; }

    /// <summary>Who waits for it.</summary>
    /// <value>The default is somebody in a conversation.</value>
    public CallPriority Priority { get; init; }
}
