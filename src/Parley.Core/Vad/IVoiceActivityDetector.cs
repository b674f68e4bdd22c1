namespace Parley.Vad;

/// <summary>Tells speech from everything else. One detector serves all sessions; each session opens its own stream.</summary>
/// <remarks>Thread-safe.</remarks>
public interface IVoiceActivityDetector
{
    /// <summary>The name that configuration and <c>session.ready</c> use.</summary>
    string Name { get; }

    /// <summary>The samples at 16 kHz that a stream takes at a time.</summary>
    int WindowSamples { get; }

    /// <summary>Opens a stream with silence as its past.</summary>
    /// <exception cref="Diagnostics.VoiceException">The engine cannot take another stream.</exception>
    IVoiceActivityStream OpenStream();
}
