using Parley.Quality;

namespace Parley.Core.Tests.Quality;

public sealed class QualityReportTests
{
    private static readonly DateOnly s_today = new(2026, 5, 10);

    [Fact]
    public void Of_SessionsOfTwoPeriods_AreADayEachAndComparedWithTheDaysBefore()
    {
        var report = QualityReport.Of(
        [
            Session("a", 10, clarity: 0.9, firstMs: [300, 500], satisfaction: 5), Session("b", 10, clarity: 0.7, firstMs: [400], drop: "thinking"),
            Session("c", 8, clarity: 0.5, firstMs: [900]), Session("old", 5, clarity: 0.4, firstMs: [1_000]), Session("older", 1, clarity: 0.1, firstMs: [9_000]),
        ], s_today, days: 4);

        Assert.Equal((new DateOnly(2026, 5, 7), s_today), (report.From, report.To));
        Assert.Equal([new DateOnly(2026, 5, 8), s_today], report.Days.Select(d => d.Day));
        var today = report.Days[1].Figures;
        Assert.Equal((2, 3, 400, 500, 5), (today.Sessions, today.Turns, today.FirstAudioP50Ms, today.FirstAudioP95Ms, today.Satisfaction));
        Assert.Equal(0.833, today.Clarity);
        Assert.Equal(1, Assert.Single(today.DropPoints, p => p.Key == "thinking").Value);
        Assert.Equal((3, 1), (report.Total.Sessions, report.Before.Sessions));
        Assert.Equal(1_000, report.Before.FirstAudioP50Ms);
    }

    [Fact]
    public void Of_NoSessions_HasNoFigures()
    {
        var report = QualityReport.Of([], s_today, 30);

        Assert.Empty(report.Days);
        Assert.Equal((0, null, null, null), (report.Total.Sessions, report.Total.Clarity, report.Total.FirstAudioP95Ms, report.Total.UtterancesPerSession));
    }

    [Fact]
    public void Silence_Session_IsWhatNobodySpokeOf()
    {
        var session = new SessionFigures("s", null, default)
        {
            Length = TimeSpan.FromSeconds(10),
            Turns = [new TurnEntry("s", default, "t1") { Spoken = TimeSpan.FromSeconds(2), Heard = TimeSpan.FromSeconds(3) }, new TurnEntry("s", default, "t2") { IsCut = true }],
        };

        Assert.Equal((0.5, 0.5), (session.Silence, session.Interruptions));
        Assert.Null((session with { Length = null }).Silence);
        Assert.All(SessionFigures.FigureNames, name => session.Figure(name));
        Assert.Throws<ArgumentOutOfRangeException>(() => session.Figure("mood"));
    }

    [Fact]
    public void AudioQuality_LoudVoiceInAQuietRoom_IsMeasured()
    {
        var samples = new short[16_000];
        for (var i = 8_000; i < 16_000; i++) { samples[i] = (short)Math.Clamp(40_000 * Math.Sin(2 * Math.PI * 200 * i / 16_000), short.MinValue, short.MaxValue); }
        for (var i = 0; i < 8_000; i++) { samples[i] = (short)(i % 2 == 0 ? 33 : -33); }

        var quality = Measured(samples)!.Value;

        // A sine beyond the scale is cut for 39 % of its time, which is half of the recording.
        Assert.InRange(quality.Clipping, 0.18, 0.21);
        Assert.Equal(-60, quality.NoiseDb);
        Assert.InRange(quality.LevelDb, -2, -1);
        Assert.Null(Measured(new short[3_000]));
        Assert.Null(Measured([]));

        static AudioQuality? Measured(short[] samples)
        {
            var meter = new AudioQualityMeter();
            foreach (var window in samples.Chunk(512)) { meter.Hear(window); }
            return meter.Quality;
        }
    }

    [Fact]
    public void LearnerKey_Id_TellsNothingOfIt()
    {
        Assert.Equal(LearnerKey.Of("ana"), LearnerKey.Of("ana"));
        Assert.NotEqual(LearnerKey.Of("ana"), LearnerKey.Of("ben"));
        Assert.DoesNotContain("ana", LearnerKey.Of("ana"), StringComparison.Ordinal);
    }

    private static SessionFigures Session(string id, int day, double clarity, double[] firstMs, double? satisfaction = null, string? drop = null)
    {
        var at = new DateTimeOffset(2026, 5, day, 12, 0, 0, TimeSpan.Zero);
        return new SessionFigures(id, id, at)
        {
            Length = TimeSpan.FromMinutes(1),
            Turns = [.. firstMs.Select((ms, i) => new TurnEntry(id, at, $"t{i}") { Clarity = clarity, FirstAudioMs = ms, IsUtterance = true })],
            Events = [.. satisfaction is null ? Array.Empty<EventEntry>() : [new EventEntry(id, at, "satisfaction", satisfaction, null)], .. drop is null ? Array.Empty<EventEntry>() : [new EventEntry(id, at, "drop_point_stage", null, drop)]],
        };
    }
}
