using Parley.Learning.Discourse;

namespace Parley.Learning.Tests.Discourse;

public sealed class TokenMatchingTests
{
    private static readonly ReadOnlyMemory<float> s_tea = new float[] { 1, 0, 0 }, s_coffee = new float[] { 0, 1, 0 }, s_warm = new float[] { 0.6f, 0.8f, 0 }, s_late = new float[] { 0, 0, 1 };

    [Fact]
    public void Score_SameTokensInAnyOrder_IsOne() => Assert.Equal(1, TokenMatching.Score([s_tea, s_coffee], [s_coffee, s_tea]), 1e-6);

    [Fact]
    public void Score_NothingInCommon_IsNothing() => Assert.Equal(0, TokenMatching.Score([s_tea], [s_late]), 1e-6);

    // Tea is covered whole and late not at all: half of what was said. All of the model is: recall 1.
    [Fact]
    public void Score_MoreThanTheModel_LosesPrecision() => Assert.Equal(2 * 0.5 / 1.5, TokenMatching.Score([s_tea, s_late], [s_tea]), 1e-6);

    [Fact]
    public void Score_NearToken_CountsAsFarAsItIsNear() => Assert.Equal(0.8, TokenMatching.Score([s_warm], [s_coffee]), 1e-6);

    [Fact]
    public void Score_NoTokens_IsNothing() => Assert.Equal(0, TokenMatching.Score([], [s_tea]));
}
