using Parley.Learning.Pronunciation.Stress;

namespace Parley.Learning.Tests.Pronunciation.Stress;

public sealed class StressModelTests
{
    // Level, pitch, length, last of the word, last of a phrase.
    private static readonly float[] s_strong = [0.6f, 0.3f, 0.4f, 0, 0], s_weak = [-0.6f, -0.3f, -0.4f, 1, 0];

    [Fact]
    public void Probabilities_SyllableStandsOut_IsProbablyTheStressedOne()
    {
        var shares = StressModel.Embedded.Probabilities([s_weak, s_strong]);

        Assert.Equal(1, shares.Sum(), 0.001);
        Assert.InRange(shares[1], 0.7, 1);
    }

    [Fact]
    public void Probabilities_NothingStandsOut_AreTheSame() => Assert.Equal([0.5f, 0.5f], StressModel.Embedded.Probabilities([[0, 0, 0, 0, 0], [0, 0, 0, 1, 0]]));

    [Fact]
    public void Fit_LoudnessTells_FindsThatAlone()
    {
        var words = Enumerable.Range(0, 200).Select(i => (Syllables: (float[][])[[i % 2 == 0 ? 1 : -1, (i % 7) - 3, 0, 0, 0], [i % 2 == 0 ? -1 : 1, 3 - (i % 7), 0, 1, 0]], Stressed: i % 2)).ToArray();

        var model = StressModel.Fit(words);

        Assert.True(model.Weights[0] > 2);
        Assert.InRange(model.Weights[1], -0.3, 0.3);
    }
}
