using Parley.Learning.Pronunciation.Models;
using Parley.Learning.Pronunciation.Training;

namespace Parley.Learning.Tests.Pronunciation;

public sealed class ModelTests
{
    private static readonly float[][] s_rows = [.. Enumerable.Range(0, 400).Select(i => (float[])[i % 20, i / 20, (i * 7) % 13])];

    [Fact]
    public void FitTrees_StepAndProduct_AreLearned()
    {
        float[] targets = [.. s_rows.Select(r => (r[0] > 9 ? 5 : 0) + (r[0] * r[1] / 40))];

        var trees = new BoostedTreesFit(200, 3, 0.1f, Smoothing: 1).Fit(s_rows, targets);

        Assert.InRange(Correlation.Pearson(s_rows.Zip(targets, (r, t) => (trees.Predict(r), t))), 0.98, 1);
    }

    [Fact]
    public void FitTrees_SameSeed_GivesTheSameTrees()
    {
        float[] targets = [.. s_rows.Select(r => r[2])];
        var fit = new BoostedTreesFit(20, 2, 0.1f);

        var (one, other) = (fit.Fit(s_rows, targets), fit.Fit(s_rows, targets));

        Assert.Equal(one.Thresholds, other.Thresholds);
        Assert.Equal(one.Leaves, other.Leaves);
    }

    [Fact]
    public void FitTrees_FeatureThatNeverVaries_DoesNoHarm()
    {
        float[][] rows = [.. s_rows.Select(r => (float[])[1, r[0]])];

        var trees = new BoostedTreesFit(50, 3, 0.2f, Columns: 1, Smoothing: 1).Fit(rows, [.. rows.Select(r => r[1])]);

        Assert.True(trees.Predict([1, 0]) < 5 && trees.Predict([1, 19]) > 14);
    }

    [Fact]
    public void FitLine_LinearTargets_AreFound()
    {
        var line = LinearModel.Fit(s_rows, [.. s_rows.Select(r => 3 + (2 * r[0]) - r[1])], penalty: 0.01);

        Assert.Equal(3 + 20 - 4, line.Predict([10, 4, 5]), 0.05f);
    }

    [Fact]
    public void Predict_FarOutsideOfWhatWasSeen_StaysBounded()
    {
        var line = LinearModel.Fit(s_rows, [.. s_rows.Select(r => r[0])], penalty: 0.01);

        Assert.InRange(line.Predict([1e6f, 4, 5]), 19, 30);
    }

    [Fact]
    public void FitKernel_Ring_IsLearned()
    {
        float[] targets = [.. s_rows.Select(r => MathF.Abs(r[0] - 9.5f) + MathF.Abs(r[1] - 9.5f))];

        var kernel = KernelModel.Fit(s_rows, [targets], penalty: 0.1)[0];

        Assert.InRange(Correlation.Pearson(s_rows.Zip(targets, (r, t) => (kernel.Predict(r), t))), 0.98, 1);
        Assert.InRange(Correlation.Pearson(s_rows.Zip(targets, (r, t) => (LinearModel.Fit(s_rows, targets, 1).Predict(r), t))), -0.2, 0.2);
    }

    [Fact]
    public void Pearson_KnownSeries_IsKnown() => Assert.Equal(0.8, Correlation.Pearson([(1, 2), (2, 1), (3, 4), (4, 3), (5, 5)]), 0.001);

    [Fact]
    public void AreaUnderCurve_TiesAndOrder_AreCounted() => Assert.Equal(0.875, Correlation.AreaUnderCurve([(0.9f, true), (0.5f, true), (0.5f, false), (0.1f, false)]), 0.001);
}
