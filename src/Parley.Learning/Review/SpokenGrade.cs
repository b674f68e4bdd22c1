namespace Parley.Learning.Review;

/// <summary>How well an item was remembered, from how its answer was spoken.</summary>
/// <param name="IsRight">Whether the words were the right ones, and were understood as such.</param>
/// <param name="Accuracy">How well they were pronounced, 0 to 100; null where that was not judged, as with what was typed.</param>
/// <param name="Hesitation">From the question to the first word.</param>
/// <param name="Tries">From 1.</param>
public readonly record struct SpokenGrade(bool IsRight, double? Accuracy, TimeSpan Hesitation, int Tries = 1)
{
    private const double Understandable = 50, Clean = 80;

    private static readonly TimeSpan s_slow = TimeSpan.FromSeconds(3), s_quick = TimeSpan.FromSeconds(1);

    /// <summary>Wrong or not understandable is forgotten; slow or at a second try is hard; quick and clean is easy.</summary>
    public Rating Rating =>
        !IsRight || Accuracy < Understandable ? Rating.Again
        : Tries > 1 || Hesitation > s_slow ? Rating.Hard
        : Hesitation <= s_quick && Accuracy is null or >= Clean ? Rating.Easy
        : Rating.Good;
}
