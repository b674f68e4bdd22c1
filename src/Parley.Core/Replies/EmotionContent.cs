using Microsoft.Extensions.AI;

namespace Parley.Replies;

/// <summary>Rides along in a reply's stream: how the face should look from here on.</summary>
/// <param name="emotion">neutral, happy, encouraging, surprised, thinking or concerned.</param>
/// <param name="intensity">0 to 1.</param>
public sealed class EmotionContent(string emotion, double intensity) : AIContent
{
    public string Emotion { get; } = emotion;

    public double Intensity { get; } = intensity;
}
