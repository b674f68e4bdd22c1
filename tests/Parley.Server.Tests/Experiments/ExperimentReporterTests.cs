using Parley.Experiments.Reports;
using Parley.Policy.Experiments;
using Parley.Quality;

namespace Parley.Server.Tests.Experiments;

public sealed class ExperimentReporterTests
{
    private const string Name = "pace";

    private static readonly DateTimeOffset s_begin = new(2026, 5, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly s_today = new(2026, 5, 20);

    [Fact]
    public void Report_ClearEffect_IsFoundAndSaid()
    {
        var random = new Random(7);
        var sessions = Enumerable.Range(0, 200).SelectMany(i => Learner($"c{i}", "control", 10 + 2 * Normal(random)).Concat(Learner($"q{i}", "quick", 12 + 2 * Normal(random)))).ToList();

        var report = Report(sessions, o => (o.Figure, o.Effect) = ("utterances", 1));

        Assert.Equal(("control", new DateOnly(2026, 5, 1), 0), (report.Control, report.Since, report.Crossed));
        Assert.Equal([200, 200], report.Variants.Select(v => v.Learners));
        Assert.True(report.SampleRatio!.Value.Holds);
        var deciding = Assert.Single(report.Comparisons, c => c.Decides);
        Assert.InRange(deciding.Welch!.Value.Difference, 1.5, 2.5);
        Assert.InRange(deciding.AlwaysValid!.Value.P, 0, 0.001);
        Assert.InRange(deciding.MannWhitney!.Value.Superiority, 0.65, 0.85);
        Assert.StartsWith("quick is higher in utterances by", report.Verdict, StringComparison.Ordinal);
        Assert.All(report.Comparisons.Where(c => !c.Decides), c => Assert.Null(c.AlwaysValid));
    }

    [Fact]
    public void Report_OneLearnerTalksAllDay_CountsOnce()
    {
        List<SessionFigures> sessions = [.. Learner("c", "control", 10), .. Learner("q", "quick", 5)];
        for (var i = 0; i < 500; i++) { sessions.AddRange(Learner("q", "quick", 5)); }

        var quick = Report(sessions).Variants.Single(v => v.Variant == "quick");

        Assert.Equal((1, 501, 1, 5.0), (quick.Learners, quick.Sessions, quick.Figures["utterances"].Learners, quick.Figures["utterances"].Mean));
    }

    [Fact]
    public void Report_LearnersAreMissing_BelievesNothing()
    {
        var sessions = Enumerable.Range(0, 400).SelectMany(i => Learner($"c{i}", "control", 10)).Concat(Enumerable.Range(0, 250).SelectMany(i => Learner($"q{i}", "quick", 20))).ToList();

        var report = Report(sessions);

        Assert.False(report.SampleRatio!.Value.Holds);
        Assert.StartsWith("Learners are not split as the shares say", report.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_LearnerHadBoth_CountsForNone()
    {
        List<SessionFigures> sessions = [.. Learner("both", "control", 10), .. Learner("both", "quick", 5), .. Learner("c", "control", 10)];

        var report = Report(sessions);

        Assert.Equal((1, 1), (report.Crossed, report.Variants.Sum(v => v.Learners)));
    }

    [Fact]
    public void Report_Retention_CountsTheDaysAfterTheFirstOfThoseWhoseDayIsOver()
    {
        List<SessionFigures> sessions =
        [
            .. Learner("a", "control", 1), .. Learner("a", "control", 1, day: 1), .. Learner("a", "control", 1, day: 3),
            .. Learner("b", "control", 1), .. Learner("b", "control", 1, day: 3),
            .. Learner("late", "control", 1, day: 18),
        ];

        var days = Report(sessions).Variants.Single(v => v.Variant == "control").Retention;

        Assert.Equal([(1, 2, 1), (2, 2, 0), (3, 2, 2)], days.Take(3).Select(d => (d.Day, d.Learners, d.Returned)));
        Assert.Equal(14, days.Count);
        Assert.InRange(days[0].Interval.Low, 0.05, 0.15);
    }

    [Fact]
    public void Report_Nobody_SaysSo() => Assert.Equal("Nobody has taken part yet.", Report([]).Verdict);

    private static ExperimentReport Report(IReadOnlyCollection<SessionFigures> sessions, Action<ExperimentOptions>? change = null)
    {
        var options = ExperimentDeskTests.Options(0.5, 0.5);
        change?.Invoke(options);
        return ExperimentReporter.Report(Name, options, sessions, s_today);
    }

    private static IEnumerable<SessionFigures> Learner(string learner, string variant, double utterances, int day = 0)
    {
        var count = Math.Max(0, (int)Math.Round(utterances));
        var at = s_begin.AddDays(day);
        yield return new SessionFigures($"{learner}-{day}", learner, at)
        {
            Length = TimeSpan.FromMinutes(5),
            Turns = [.. Enumerable.Range(0, count).Select(i => new TurnEntry($"{learner}-{day}", at, $"t{i}") { IsUtterance = true, FirstAudioMs = 400, Spoken = TimeSpan.FromSeconds(2) })],
            Variants = new Dictionary<string, string> { [Name] = variant },
        };
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
