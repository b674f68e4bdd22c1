using Parley.Tts;

namespace Parley.Resilience.Chains;

/// <summary>A clause for whichever engine of a chain speaks it.</summary>
/// <param name="Request">As it was asked for.</param>
/// <param name="HasVoice">Whether an engine of the chain has the voice that it names.</param>
internal readonly record struct AskedSpeech(SpeechRequest Request, bool HasVoice)
{
    /// <summary>The request to one engine, which speaks with its own voice where it lacks the named one. A voice that no engine has stays: the first one says so.</summary>
    public SpeechRequest For(ISpeechSynthesizer engine) =>
        HasVoice && !engine.Voices.Contains(Request.Voice, StringComparer.OrdinalIgnoreCase) ? Request with { Voice = null } : Request;
}
