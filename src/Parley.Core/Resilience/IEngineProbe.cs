namespace Parley.Resilience;

/// <summary>An engine that can say whether it works without being made to work, such as a server with a list of models.</summary>
/// <remarks>Optional: of an engine without it, the first call after a rest finds out.</remarks>
public interface IEngineProbe
{
    /// <summary>Returns if a call would most likely succeed. Cheap: it is asked every few seconds. Thread-safe.</summary>
    /// <exception cref="Diagnostics.VoiceException">It would not.</exception>
    ValueTask ProbeAsync(CancellationToken cancellationToken = default);
}
