using Parley.Turns.Endpointing;

namespace Parley.Core.Tests.Turns.Endpointing;

public sealed class PauseLearnerTests
{
    private readonly PauseLearner _learner = new();

    [Fact]
    public void Statistics_NoPause_IsEmpty() => Assert.Equal(default, _learner.Statistics);

    [Fact]
    public void Add_Pauses_LongIsTheUpperFifth()
    {
        for (var ms = 200; ms <= 1_200; ms += 100) { _learner.Add(TimeSpan.FromMilliseconds(ms)); }

        Assert.Equal(new PauseStatistics(11, TimeSpan.FromMilliseconds(1_000)), _learner.Statistics);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(159)]
    [InlineData(4_001)]
    public void Add_OutsideTheBounds_IsIgnored(int ms)
    {
        _learner.Add(TimeSpan.FromMilliseconds(ms));

        Assert.Equal(0, _learner.Statistics.Count);
    }

    [Fact]
    public void Add_Many_TheOldAreForgotten()
    {
        for (var i = 0; i < 40; i++) { _learner.Add(TimeSpan.FromSeconds(2)); }
        for (var i = 0; i < 32; i++) { _learner.Add(TimeSpan.FromMilliseconds(300)); }

        Assert.Equal(new PauseStatistics(32, TimeSpan.FromMilliseconds(300)), _learner.Statistics);
    }
}
