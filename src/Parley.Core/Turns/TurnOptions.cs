using System.ComponentModel.DataAnnotations;

namespace Parley.Turns;

/// <summary>When a turn ends: after the shortest silence where it is surely over, after the longest where it seems not to be.</summary>
public sealed class TurnOptions : IValidatableObject
{
    /// <summary>The shortest silence that ends a turn under <c>quick</c>.</summary>
    /// <value>The default is 160 milliseconds, five windows of Silero.</value>
    [Range(typeof(TimeSpan), "00:00:00.160", "00:00:05", ErrorMessage = "QuickSilence must be 0.16 to 5 seconds.")]
    public TimeSpan QuickSilence { get; set; } = TimeSpan.FromMilliseconds(160);

    /// <summary>The longest silence within a turn under <c>quick</c>; not below <see cref="QuickSilence"/>.</summary>
    /// <value>The default is 0.8 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.160", "00:00:10", ErrorMessage = "QuickLimit must be 0.16 to 10 seconds.")]
    public TimeSpan QuickLimit { get; set; } = TimeSpan.FromMilliseconds(800);

    /// <summary>The shortest silence that ends a turn under <c>normal</c>.</summary>
    /// <value>The default is 192 milliseconds, six windows of Silero.</value>
    [Range(typeof(TimeSpan), "00:00:00.160", "00:00:05", ErrorMessage = "NormalSilence must be 0.16 to 5 seconds.")]
    public TimeSpan NormalSilence { get; set; } = TimeSpan.FromMilliseconds(192);

    /// <summary>The longest silence within a turn under <c>normal</c>; not below <see cref="NormalSilence"/>.</summary>
    /// <value>The default is 1.4 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.160", "00:00:10", ErrorMessage = "NormalLimit must be 0.16 to 10 seconds.")]
    public TimeSpan NormalLimit { get; set; } = TimeSpan.FromMilliseconds(1_400);

    /// <summary>The shortest silence that ends a turn under <c>learner</c>.</summary>
    /// <value>The default is 0.8 seconds: learners pause inside sentences, and look for words there.</value>
    [Range(typeof(TimeSpan), "00:00:00.160", "00:00:05", ErrorMessage = "LearnerSilence must be 0.16 to 5 seconds.")]
    public TimeSpan LearnerSilence { get; set; } = TimeSpan.FromMilliseconds(800);

    /// <summary>The longest silence within a turn under <c>learner</c>; not below <see cref="LearnerSilence"/>.</summary>
    /// <value>The default is 2.2 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.160", "00:00:10", ErrorMessage = "LearnerLimit must be 0.16 to 10 seconds.")]
    public TimeSpan LearnerLimit { get; set; } = TimeSpan.FromMilliseconds(2_200);

    /// <summary>Path of an ONNX model that hears whether a turn is over; its judgement becomes one more piece of evidence.</summary>
    /// <value>The default is null: none.</value>
    public string? Model { get; set; }

    /// <summary>How long the model may take; after it the turn is judged without.</summary>
    /// <value>The default is 0.4 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:05", ErrorMessage = "ModelTimeout must be 0.01 to 5 seconds.")]
    public TimeSpan ModelTimeout { get; set; } = TimeSpan.FromMilliseconds(400);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, shortest, longest) in new[]
        {
            ("Quick", QuickSilence, QuickLimit), ("Normal", NormalSilence, NormalLimit), ("Learner", LearnerSilence, LearnerLimit),
        })
        {
            if (longest < shortest) { yield return new ValidationResult($"{name}Limit must not be below {name}Silence.", [$"{name}Limit"]); }
        }
    }
}
