using Parley.Learning.Pronunciation.Models;

namespace Parley.Learning.Pronunciation.Features;

/// <summary>What the network sees of a reading: what the other models see, and of each phone how well all phones fit its sound, which a tree can make nothing of.</summary>
internal static class NetworkFeatures
{
    private const float Floor = -12;

    /// <param name="reading">The reading.</param>
    /// <param name="phones">The features of its phones.</param>
    /// <param name="words">Those of its words.</param>
    /// <param name="whole">Those of the whole.</param>
    public static NetworkReading Of(Reading reading, float[][] phones, float[][] words, float[] whole) => new(
        [.. reading.Phones.Select(p => p.At.Phone)],
        [.. reading.Phones.Zip(phones, (phone, row) => (float[])[.. phone.InContext.Concat(phone.Evidence.Means).Select(value => Math.Max(Floor, value)), .. row])],
        WordFeatures.Spans(reading), words, whole);
}
