using System.ComponentModel.DataAnnotations;

namespace Parley.Turns;

/// <summary>When a turn ends.</summary>
public sealed class TurnOptions
{
    /// <summary>Silence that ends a turn under <c>quick</c>.</summary>
    /// <value>The default is 256 milliseconds, eight windows of Silero.</value>
    [Range(typeof(TimeSpan), "00:00:00.160", "00:00:05", ErrorMessage = "QuickSilence must be 0.16 to 5 seconds.")]
    public TimeSpan QuickSilence { get; set; } = TimeSpan.FromMilliseconds(256);

    /// <summary>Silence that ends a turn under <c>normal</c>.</summary>
    /// <value>The default is 352 milliseconds, eleven windows of Silero.</value>
    [Range(typeof(TimeSpan), "00:00:00.160", "00:00:05", ErrorMessage = "NormalSilence must be 0.16 to 5 seconds.")]
    public TimeSpan NormalSilence { get; set; } = TimeSpan.FromMilliseconds(352);

    /// <summary>Silence that ends a turn under <c>learner</c>.</summary>
    /// <value>The default is 1.2 seconds: learners pause inside sentences, and 0.9 s is known to cut them off.</value>
    [Range(typeof(TimeSpan), "00:00:00.160", "00:00:05", ErrorMessage = "LearnerSilence must be 0.16 to 5 seconds.")]
    public TimeSpan LearnerSilence { get; set; } = TimeSpan.FromMilliseconds(1_200);
}
