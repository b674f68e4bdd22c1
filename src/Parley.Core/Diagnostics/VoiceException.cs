namespace Parley.Diagnostics;

/// <summary>A failure of one stage. Its message never contains what was said, a key or a token.</summary>
/// <param name="stage">Where it failed.</param>
/// <param name="message">One sentence for the operator.</param>
/// <param name="isTransient">Whether the same call may succeed when it is made again.</param>
/// <param name="inner">The cause, if there is one.</param>
public sealed class VoiceException(VoiceStage stage, string message, bool isTransient = false, Exception? inner = null)
    : Exception(message, inner)
{
    public VoiceStage Stage { get; } = stage;

    public bool IsTransient { get; } = isTransient;

    /// <summary>What kind of failure it is.</summary>
    /// <value>The default is <see cref="FailureClass.Dependency"/>.</value>
    public FailureClass Class { get; init; }

    /// <summary>What the server that refused said, for the caller alone whose request it was; null: nothing.</summary>
    public Refusal? Refusal { get; init; }
}
