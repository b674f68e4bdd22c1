using Parley.Governance;

namespace Parley.Tts;

/// <summary>A clause to be spoken.</summary>
/// <param name="Text">Plain text.</param>
/// <param name="Voice">One of the engine's voices; null for its default.</param>
/// <param name="Language">BCP 47, such as <c>en-US</c>.</param>
/// <param name="Speed">Speaking rate against the voice's own, 0.5 to 2. The default is 1.</param>
public sealed record SpeechRequest(string Text, string? Voice = null, string Language = "en-US", double Speed = 1)
{
    /// <summary>Who waits for it.</summary>
    /// <value>The default is somebody in a conversation.</value>
    public CallPriority Priority { get; init; }

    /// <summary>How long it does not want its turn at all.</summary>
    /// <value>The default is zero.</value>
    public TimeSpan Delay { get; init; }
}
