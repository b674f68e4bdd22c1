using Parley.Learning.Pronunciation.Models;
using Parley.Learning.Pronunciation.Training;

namespace Parley.Learning.Tests.Pronunciation;

public sealed class ReadingNetworkTests
{
    private static readonly NetworkShape s_shape = new(PhoneFeatures: 3, WordFeatures: 2, WholeFeatures: 2, Width: 5);

    [Fact]
    public void Loss_AnyNumber_HasTheSlopeOfFiniteDifferences()
    {
        var (readings, scores) = Examples(3);
        var targets = NetworkTargets.Of(scores, NetworkTargets.ScaleOf(scores));
        var numbers = ReadingNetworkFit.Begin(s_shape, new Dice(3));
        var gradient = new float[numbers.Length];

        LossOf(numbers, gradient);

        const float Step = 2e-3f;
        for (var i = 0; i < numbers.Length; i++)
        {
            var (own, ignored) = (numbers[i], new float[numbers.Length]);
            numbers[i] = own + Step;
            var above = LossOf(numbers, ignored);
            numbers[i] = own - Step;
            var below = LossOf(numbers, ignored);
            numbers[i] = own;
            Assert.Equal((above - below) / (2 * Step), gradient[i], 0.02 + (0.05 * Math.Abs(gradient[i])));
        }
        // Not all of them by not moving at all.
        Assert.InRange(gradient.Count(g => MathF.Abs(g) > 0.02f), numbers.Length / 4, numbers.Length);

        double LossOf(float[] at, float[] slopes) => ReadingNetworkFit.Loss(at, [.. readings.Select(r => new NetworkPass(s_shape, r))], targets, slopes);
    }

    [Fact]
    public void Fit_FewReadings_AreLearned()
    {
        var (readings, scores) = Examples(12);

        var network = new ReadingNetworkFit(Members: 2, Epochs: 400, Width: 16).Fit(readings, scores);

        var guesses = readings.Select(network.Score).ToArray();
        Assert.InRange(Correlation.Pearson(guesses.Zip(scores).SelectMany(p => p.First.Words.Zip(p.Second.Words))), 0.9, 1);
        Assert.InRange(Correlation.Pearson(guesses.Zip(scores, (g, s) => (g.Whole[2], s.Whole[2]))), 0.9, 1);
        Assert.InRange(Correlation.Pearson(guesses.Zip(scores).SelectMany(p => p.First.Phones.Zip(p.Second.Phones)).Where(p => p.Second is not null).Select(p => (p.First!.Value, p.Second!.Value))), 0.9, 1);
    }

    [Fact]
    public void Fit_SameReadings_GivesTheSameNumbers()
    {
        var (readings, scores) = Examples(8);
        var fit = new ReadingNetworkFit(Members: 2, Epochs: 5, Width: 8);

        var (one, other) = (fit.Fit(readings, scores), fit.Fit(readings, scores));

        Assert.Equal(one.Members, other.Members);
        Assert.NotEqual(one.Members[0], one.Members[1]);
    }

    [Fact]
    public void Score_PhoneFarOff_StaysBounded()
    {
        var (readings, scores) = Examples(8);
        var network = new ReadingNetworkFit(Members: 1, Epochs: 50, Width: 8).Fit(readings, scores);

        var guess = network.Score(readings[0] with { Phones = [.. readings[0].Phones.Select(_ => (float[])[1e9f, -1e9f, 1e9f])] });

        Assert.All(guess.Whole, score => Assert.InRange(score, -20, 30));
    }

    [Fact]
    public void LeaveOut_ManyValues_KeepsTheirSum()
    {
        var values = Enumerable.Repeat(1f, 10_000).ToArray();

        new Dice(1).LeaveOut(values, 0.3f);

        Assert.InRange(values.Count(v => v == 0), 2800, 3200);
        Assert.Equal(1, values.Average(), 0.05);
    }

    // Two words of two phones and one; a feature of each phone says how good it is, of which the scores follow.
    private static (NetworkReading[] Readings, NetworkScores[] Scores) Examples(int count)
    {
        var dice = new Dice(7);
        var (readings, scores) = (new NetworkReading[count], new NetworkScores[count]);
        for (var i = 0; i < count; i++)
        {
            float[] good = [dice.Normal(), dice.Normal(), dice.Normal()];
            float[] words = [(good[0] + good[1]) / 2, good[2]];
            readings[i] = new(
                [1, 20, 38], [.. good.Select(g => (float[])[g, dice.Normal(), dice.Normal()])], [(0, 2), (2, 3)],
                [[words[0], dice.Normal()], [words[1], dice.Normal()]], [dice.Normal(), dice.Normal()]);
            scores[i] = new(
                [good[0], null, good[2]], [.. words.Select(w => Math.Clamp(9 + w, 0, 10))], [good.Average(), good.Max(), good.Average(), good[0]]);
        }
        return (readings, scores);
    }
}
