using Parley.Experiments.Statistics;

namespace Parley.Server.Tests.Experiments;

/// <summary>Against published examples, or where there is none against values that were computed another way.</summary>
public sealed class StatisticsTests
{
    private const int Digits = 9;

    /// <summary>The examples of the article "Welch's t-test" in Wikipedia: t −2.46, ν 25.0, p 0.021; and t −1.57, ν 9.9, p 0.149. Further digits by the incomplete beta function.</summary>
    public static TheoryData<double[], double[], double, double, double> WelchExamples => new()
    {
        {
            [27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4],
            [27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 20.5, 24.4], 2.455356398286, 24.98852929023, 0.021378001463
        },
        {
            [17.2, 20.9, 22.6, 18.1, 21.7, 21.4, 23.5, 24.2, 14.7, 21.8],
            [21.5, 22.8, 21.0, 23.0, 21.6, 23.6, 22.5, 20.7, 23.4, 21.8, 20.7, 21.7, 21.5, 22.5, 23.6, 21.5, 22.5, 23.5, 21.5, 21.8], 1.565433523599, 9.904741248651, 0.148841696605
        },
    };

    [Theory]
    [MemberData(nameof(WelchExamples))]
    public void Welch_PublishedExample_IsTheSame(double[] first, double[] second, double t, double freedom, double p)
    {
        var welch = Welch.Test(Sample.Of(first), Sample.Of(second))!.Value;

        Assert.Equal((t, freedom, p), (welch.T, welch.Freedom, welch.P), (a, b) => Near(a.Item1, b.Item1) && Near(a.Item2, b.Item2) && Near(a.Item3, b.Item3));
        Assert.Equal(second.Average() - first.Average(), welch.Difference, Digits);
        // The interval holds 0 just where the test finds nothing.
        Assert.Equal(p > 0.05, welch.Interval.Low < 0 && welch.Interval.High > 0);
        Assert.Equal(welch.Difference, (welch.Interval.Low + welch.Interval.High) / 2, Digits);
    }

    [Fact]
    public void Welch_TooLittle_SaysNothing()
    {
        Assert.Null(Welch.Test(Sample.Of([1]), Sample.Of([1, 2])));
        Assert.Null(Welch.Test(Sample.Of([2, 2]), Sample.Of([3, 3])));
        Assert.Null(Welch.Test(Sample.Of([]), Sample.Of([])));
    }

    /// <summary>Hollander and Wolfe, Nonparametric Statistical Methods (1973), p. 69, as R gives it for <c>wilcox.test(exact = FALSE, correct = FALSE)</c>: W 35, one-sided p 0.1103.</summary>
    [Fact]
    public void MannWhitney_PublishedExample_IsTheSame()
    {
        double[] term = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46], earlier = [1.15, 0.88, 0.90, 0.74, 1.21];

        var test = MannWhitney.Test(earlier, term)!.Value;

        Assert.Equal((35, 0.7), (test.U, test.Superiority));
        Assert.Equal(1.224744871392, test.Z, Digits);
        Assert.Equal(2 * 0.110335680960, test.P, Digits);
    }

    [Fact]
    public void MannWhitney_Ties_ShareTheirRanks()
    {
        var test = MannWhitney.Test([1, 2, 2, 3, 3, 3, 4], [2, 3, 4, 4, 5, 5])!.Value;

        Assert.Equal(33.5, test.U, Digits);
        Assert.Equal(0.066620283011, test.P, Digits);
        Assert.Null(MannWhitney.Test([2, 2], [2, 2, 2]));
        Assert.Null(MannWhitney.Test([], [1]));
    }

    /// <summary>Newcombe 1998, table II, example (a): 56 of 70 and 48 of 80, method 10: 0.0524 to 0.3339.</summary>
    [Fact]
    public void TwoProportions_PublishedExample_IsTheSame()
    {
        var test = TwoProportions.Test(48, 80, 56, 70)!.Value;

        Assert.Equal((0.2, 0.0524, 0.3339), (Math.Round(test.Difference, 4), Math.Round(test.Interval.Low, 4), Math.Round(test.Interval.High, 4)));
        Assert.Equal((2.650171951259, 0.008045081368), (test.Z, test.P), (a, b) => Near(a.Item1, b.Item1) && Near(a.Item2, b.Item2));
    }

    [Fact]
    public void TwoProportions_NobodyDid_HasAnIntervalAllTheSame()
    {
        var test = TwoProportions.Test(0, 10, 0, 20)!.Value;

        Assert.Equal((0, 0, 1), (test.Difference, test.Z, test.P));
        Assert.InRange(test.Interval.Low, -0.31, -0.2);
        Assert.InRange(test.Interval.High, 0.1, 0.17);
        Assert.Null(TwoProportions.Test(0, 0, 1, 2));
    }

    /// <summary>The first is that of Kohavi, Tang and Xu, Trustworthy Online Controlled Experiments (2020), chapter 3: p 1.8e-6.</summary>
    [Theory]
    [InlineData(new[] { 821_588, 815_482 }, new[] { 0.5, 0.5 }, 22.774368841894, 1.821792873e-6, false)]
    [InlineData(new[] { 5_040, 4_960 }, new[] { 0.5, 0.5 }, 0.64, 0.423710797167, true)]
    [InlineData(new[] { 100, 120, 80 }, new[] { 0.2, 0.2, 0.2 }, 8, 0.018315638889, true)]
    public void SampleRatio_Counts_AreHeldAgainstTheirShares(int[] counts, double[] shares, double chiSquared, double p, bool holds)
    {
        var test = SampleRatio.Test(counts, shares)!.Value;

        Assert.Equal(chiSquared, test.ChiSquared, Digits);
        Assert.Equal(p, test.P, Digits);
        Assert.Equal(holds, test.Holds);
    }

    [Fact]
    public void AlwaysValid_Formula_IsThatOfThePaper()
    {
        var test = AlwaysValid.Test(difference: 0.3, variance: 0.01, tau: 0.2)!.Value;

        Assert.Equal(0.061097700790, test.P, Digits);
        Assert.Equal(0.3 + 0.308238999389, test.Interval.High, Digits);
        Assert.Equal(1, AlwaysValid.Test(0, 0.01, 0.2)!.Value.P);
        Assert.Null(AlwaysValid.Test(Sample.Of([2, 2]), Sample.Of([2, 2]), 1));
    }

    [Fact]
    public void Sample_InParts_IsTheWhole()
    {
        double[] values = [3, 1, 4, 1, 5, 9, 2, 6];
        var whole = Sample.Of(values);

        var joined = new Sample().With(Sample.Of(values[..1])).With(Sample.Of(values[1..5])).With(Sample.Of(values[5..]));

        Assert.Equal((whole.Count, Math.Round(whole.Mean, Digits), Math.Round(whole.Variance, Digits)), (joined.Count, Math.Round(joined.Mean, Digits), Math.Round(joined.Variance, Digits)));
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-9;
}
