using Parley.Learning.Pronunciation.Features;

namespace Parley.Learning.Tests.Pronunciation;

public sealed class MelodyFeaturesTests
{
    [Fact]
    public async Task Of_VoicelessRecording_AreNumbers()
    {
        var alignment = (await Readings.CreateAsync(speaker: 1, number: 1, quality: 0.5f)).Reading.Alignment;

        var features = MelodyFeatures.Of(new(alignment, SpeechTrack.Of(new short[32_000])));

        Assert.All(features, feature => Assert.True(float.IsFinite(feature)));
    }

    [Fact]
    public async Task Of_EvenTone_DoesNotMove()
    {
        var reading = (await Readings.CreateAsync(speaker: 1, number: 1, quality: 0.5f)).Reading;

        float[] features = [.. MelodyFeatures.Of(reading)];

        Assert.InRange(features[0], -0.5f, 0.5f); // slope
        Assert.InRange(features[6], 0, 1); // range
    }
}
