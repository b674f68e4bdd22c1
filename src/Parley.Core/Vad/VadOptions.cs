using System.ComponentModel.DataAnnotations;

namespace Parley.Vad;

/// <summary>When a row of speech probabilities becomes speech, and when it is over.</summary>
public sealed class VadOptions : IValidatableObject
{
    /// <summary>Probability from which silence turns into speech.</summary>
    /// <value>The default is 0.5, which Silero is calibrated for.</value>
    [Range(0.05, 0.95)]
    public float SpeechThreshold { get; set; } = 0.5f;

    /// <summary>Probability below which speech turns into silence; not above <see cref="SpeechThreshold"/>.</summary>
    /// <value>The default is 0.35: quiet word endings lie between the two.</value>
    [Range(0.01, 0.95)]
    public float SilenceThreshold { get; set; } = 0.35f;

    /// <summary>Speech must last this long before it is announced; a click does not.</summary>
    /// <value>The default is 64 milliseconds: two windows.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan MinSpeech { get; set; } = TimeSpan.FromMilliseconds(64);

    /// <summary>The same while the assistant has the floor: its reply is held at once and goes on at the very sample if it was nothing.</summary>
    /// <value>The default is 32 milliseconds: one window. Whoever interrupts should not hear the assistant talk on.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan MinSpeechInReply { get; set; } = TimeSpan.FromMilliseconds(32);

    /// <summary>Silence must last this long before the speech is said to have ended; the closure of a stop consonant does not.</summary>
    /// <value>The default is 160 milliseconds. How much silence ends a turn is another question, and another option.</value>
    [Range(typeof(TimeSpan), "00:00:00.032", "00:00:02")]
    public TimeSpan MinSilence { get; set; } = TimeSpan.FromMilliseconds(160);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SilenceThreshold > SpeechThreshold)
        {
            yield return new ValidationResult("SilenceThreshold must not be above SpeechThreshold.", [nameof(SilenceThreshold)]);
        }
    }
}
