using Parley.Transports.Protocol;

namespace Parley.Policy;

/// <summary>Chooses the engines of a session.</summary>
public interface IEngineSelector
{
    /// <summary>Chooses by what the session asked for and what is available.</summary>
    /// <exception cref="Diagnostics.VoiceException">An engine was named that is not there.</exception>
    SessionEngines Select(SessionConfig config);

    /// <summary>Chooses, and takes into account whose engines they are to be.</summary>
    /// <inheritdoc cref="Select(SessionConfig)"/>
    SessionEngines Select(SessionConfig config, SelectionContext context) => Select(config);
}
