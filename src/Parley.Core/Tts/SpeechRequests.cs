using Parley.Diagnostics;

namespace Parley.Tts;

/// <summary>The checks that every synthesiser makes before it speaks.</summary>
public static class SpeechRequests
{
    /// <summary>The bounds of <see cref="SpeechRequest.Speed"/>.</summary>
    public const double MinSpeed = 0.5, MaxSpeed = 2;

    /// <summary>Refuses what <paramref name="engine"/> cannot speak.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="engine">The engine that is asked.</param>
    /// <param name="maxCharacters">The longest text that it takes.</param>
    /// <exception cref="VoiceException">Unknown voice or language, speed out of range or text too long. Never transient.</exception>
    public static void Check(this SpeechRequest request, ISpeechSynthesizer engine, int maxCharacters)
    {
        if (request.Voice is { } voice && !engine.Voices.Contains(voice, StringComparer.OrdinalIgnoreCase))
        {
            throw Refuse($"{engine.Name} has no such voice; it has {string.Join(", ", engine.Voices.Take(12))}.");
        }
        if (!engine.Supports(request.Language)) { throw Refuse($"{engine.Name} does not speak the requested language.", FailureClass.Resource); }
        if (request.Speed is not (>= MinSpeed and <= MaxSpeed)) { throw Refuse($"The speed must be between {MinSpeed} and {MaxSpeed}."); }
        if (request.Text.Length > maxCharacters)
        {
            throw Refuse($"The text has {request.Text.Length} characters; {engine.Name} takes {maxCharacters} at a time.");
        }
    }

    /// <summary>What this engine lacks, another may have; what is wrong in the request itself, none can mend.</summary>
    private static VoiceException Refuse(string message, FailureClass kind = FailureClass.UserInput) => new(VoiceStage.Tts, message) { Class = kind };
}
