using Parley.Quality;
using Parley.Server.Tests.Store;
using Parley.Sqlite.Figures;
using Parley.Timeline;

namespace Parley.Server.Tests.Quality;

public sealed class FigureStoreTests : IDisposable
{
    private static readonly DateTimeOffset s_day = new(2026, 5, 4, 9, 0, 0, TimeSpan.Zero);
    private static readonly Dictionary<string, string> s_none = [];

    private readonly StoreFolder _folder = new();

    public FigureStoreTests() => StoreFolder.SkipWithoutSqlite();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        using var store = Open();
        var turn = new TurnEntry("s1", s_day.AddSeconds(5), "t1")
        {
            Clarity = 0.9, FirstAudioMs = 412.5, IsCut = true, IsUtterance = true, Spoken = TimeSpan.FromSeconds(2), Heard = TimeSpan.FromSeconds(3), Audio = new AudioQuality(0.01, -60, -12),
        };
        store.Write(
        [
            new SessionEntry("s1", s_day, LearnerKey.Of("ana"), "cafe", new Dictionary<string, string> { ["pace"] = "quick" }), turn, new TurnEntry("s1", s_day.AddSeconds(6), "t2"),
            new EventEntry("s1", s_day.AddSeconds(7), "time_to_feedback", 300, null), new EventEntry("s1", s_day.AddSeconds(8), "drop_point_stage", null, "thinking"), new EndEntry("s1", s_day.AddMinutes(1)),
        ]);

        var session = Assert.Single(store.Read(s_day));
        Assert.Equal(("s1", LearnerKey.Of("ana"), s_day, TimeSpan.FromMinutes(1)), (session.SessionId, session.Learner, session.StartedAt, session.Length));
        Assert.Equal(turn, session.Turns[0]);
        Assert.Null(session.Turns[1].Audio);
        Assert.Equal((300, "thinking", "quick"), (session.TimeToFeedbackMs, session.DropPoint, session.Variants["pace"]));
    }

    [Fact]
    public void Read_ByTimeAndExperiment_LeavesOutTheRest()
    {
        using var store = Open();
        store.Write(
        [
            new SessionEntry("old", s_day.AddDays(-2), null, null, s_none), new SessionEntry("plain", s_day, null, null, s_none),
            new SessionEntry("tried", s_day, null, null, new Dictionary<string, string> { ["pace"] = "quick" }),
        ]);

        Assert.Equal(["plain", "tried"], store.Read(s_day).Select(s => s.SessionId).Order());
        Assert.Equal("tried", Assert.Single(store.Read(DateTimeOffset.MinValue, "pace")).SessionId);
        Assert.Empty(store.Read(DateTimeOffset.MinValue, "other"));
    }

    [Fact]
    public void Write_SessionGoesOn_IsOneSessionWithOneExposure()
    {
        using var store = Open();
        var begun = new SessionEntry("s1", s_day, null, null, new Dictionary<string, string> { ["pace"] = "quick" });

        store.Write([begun, new EndEntry("s1", s_day.AddMinutes(1)), begun with { At = s_day.AddMinutes(2) }]);
        Assert.Null(Assert.Single(store.Read(s_day)).Length);
        store.Write([new EndEntry("s1", s_day.AddMinutes(5))]);

        Assert.Equal((s_day, TimeSpan.FromMinutes(5)), (store.Read(s_day)[0].StartedAt, store.Read(s_day)[0].Length));
    }

    [Fact]
    public void Write_ManyEventsOrNoSession_StaysBounded()
    {
        using var store = Open();
        store.Write([new SessionEntry("s1", s_day, null, null, s_none), .. Enumerable.Repeat(new EventEntry("s1", s_day, "satisfaction", 5, null), 500), new EventEntry("nobody", s_day, "satisfaction", 5, null)]);

        Assert.Equal(SqliteFigureStore.MaxEvents, Assert.Single(store.Read(s_day)).Events.Count);
    }

    [Fact]
    public void Delete_OldOrTooMany_TakesTheOldest()
    {
        using var store = Open();
        store.Write([.. Enumerable.Range(0, 10).Select(i => new SessionEntry($"s{i}", s_day.AddDays(i), null, null, s_none))]);

        Assert.Equal(3, store.Delete(s_day.AddDays(3), 100));
        Assert.Equal(2, store.Delete(DateTimeOffset.MinValue, 5));
        Assert.Equal(["s5", "s6", "s7", "s8", "s9"], store.Read(DateTimeOffset.MinValue).Select(s => s.SessionId));
    }

    [Fact]
    public void Forget_Learner_LeavesNothingOfThem()
    {
        using (var store = Open())
        {
            store.Write([new SessionEntry("s1", s_day, LearnerKey.Of("ana"), null, s_none), new TurnEntry("s1", s_day, "t1"), new SessionEntry("s2", s_day, LearnerKey.Of("ben"), null, s_none)]);
            Assert.Equal(1, store.Forget("ana"));
            Assert.Equal("s2", Assert.Single(store.Read(s_day)).SessionId);
        }
        Assert.DoesNotContain("ana", File.ReadAllText(Options.Path!, System.Text.Encoding.Latin1), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FileOfAnotherProgram_IsRefused()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Options.Path!)!);
        File.WriteAllText(Options.Path!, "This is a text.");

        Assert.Throws<StoreException>(Open);
    }

    private FigureOptions Options => new() { Path = Path.Combine(_folder.Path, "figures", "figures.db") };

    private SqliteFigureStore Open() => SqliteFigureStore.Open(Options);
}
