using System.Diagnostics;
using System.Globalization;
using Parley.Sqlite.Timeline;
using Parley.Testing;
using Parley.Timeline;

namespace Parley.Server.Tests.Store;

/// <summary>Whatever the disk does, whoever writes notices nothing; what is lost is counted, and writing begins again by itself.</summary>
public sealed class SqliteFaultTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public SqliteFaultTests() => StoreFolder.SkipWithoutSqlite();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Append_LockedForAWhile_WaitsAndStoresAll()
    {
        var options = _folder.Options;
        options.BusyTimeout = TimeSpan.FromSeconds(30);
        await using var store = SqliteSessionStore.Open(options, TimeProvider.System);
        using var other = Sample.Connect(_folder.Database);
        other.Run("BEGIN EXCLUSIVE");
        store.Begin(Sample.Session("s1"));
        store.Append("s1", Sample.Entry(1));
        var flush = store.FlushAsync(Sample.Cancelled).AsTask();
        Assert.False(flush.IsCompleted);

        other.Run("COMMIT");
        await flush;

        Assert.Equal((long[])[1], await store.NumbersAsync("s1"));
        Assert.Equal(new StoreStatus(true, 0, null), store.Status);
    }

    [Fact]
    public async Task Append_LockedForLong_CountsWhatIsLostAndRecovers()
    {
        await using var store = _folder.Open();
        store.Begin(Sample.Session("before"));
        await store.FlushAsync(Sample.Cancelled);
        using (var other = Sample.Connect(_folder.Database))
        {
            other.Run("BEGIN EXCLUSIVE");
            store.Begin(Sample.Session("s1"));
            for (var i = 1; i <= 10; i++) { store.Append("s1", Sample.Entry(i)); }
            store.End("before", "client", Sample.Session("s1").StartedAt);
            await store.FlushAsync(Sample.Cancelled);

            Assert.Equal((false, 10L), (store.Status.IsHealthy, store.Status.LostEntries));
            Assert.Contains("locked", store.Status.Fault, StringComparison.Ordinal);
            await Assert.ThrowsAsync<StoreException>(async () => await store.DeleteAsync(new SessionQuery(), Sample.Cancelled));
        }

        var last = await store.AppendUntilHealthyAsync("s1", 11);

        // The session itself, and the other one's end, were not lost with the entries.
        Assert.Contains(last, await store.NumbersAsync("s1"));
        Assert.Equal("client", (await store.FindAsync("before", Sample.Cancelled))!.EndReason);
        Assert.Equal(last - (await store.NumbersAsync("s1")).Length, store.Status.LostEntries);
        Assert.Null(store.Status.Fault);
    }

    [Fact]
    public async Task Append_FullDisk_CountsWhatIsLostAndRecovers()
    {
        // A database that may not grow fails as it does on a full disk, with SQLITE_FULL. A large entry needs more pages than there may be at all, so
        // that none fits, in whatever batches they are written; nothing else is written meanwhile, for that would succeed.
        const int Small = 10, Large = 30;
        var pages = 24;
        using var log = new LogCount();
        await using var store = SqliteSessionStore.Open(
            _folder.Options, TimeProvider.System, null, log.For<SqliteSessionStore>(), c => c.Run($"PRAGMA max_page_count = {Volatile.Read(ref pages)}"));
        store.Begin(Sample.Session("s1"));
        for (var i = 1; i <= Small; i++) { store.Append("s1", Sample.Entry(i)); }
        await store.FlushAsync(Sample.Cancelled);
        var text = new string('x', 200_000);
        for (var i = 1; i <= Large; i++) { store.Append("s1", Sample.Entry(Small + i, text)); }
        await Eventually.TrueAsync(() => store.Status.LostEntries >= Large, () => store.Status.ToString());

        Assert.Equal((false, (long)Large), (store.Status.IsHealthy, store.Status.LostEntries));
        Assert.Contains("full", store.Status.Fault, StringComparison.Ordinal);
        Assert.Equal(Small, (await store.NumbersAsync("s1")).Length);
        Assert.DoesNotContain("xxx", Assert.Single(log.Lines), StringComparison.Ordinal);

        Volatile.Write(ref pages, 10_000);
        var last = await store.AppendUntilHealthyAsync("s1", Small + Large + 1);

        Assert.Contains(last, await store.NumbersAsync("s1"));
        Assert.Equal(last - (await store.NumbersAsync("s1")).Length, store.Status.LostEntries);
        Assert.Equal(2, log.Lines.Count);
    }

    [Fact]
    public async Task Append_Lost_IsCountedByTheMetric()
    {
        using var metrics = new Diagnostics.ParleyMetrics();
        var counted = 0L;
        using var listener = new System.Diagnostics.Metrics.MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name == "parley.store.lost_entries") { l.EnableMeasurementEvents(instrument); }
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref counted, value));
        listener.Start();
        var store = SqliteSessionStore.Open(_folder.Options, TimeProvider.System, metrics);
        await store.DisposeAsync();

        for (var i = 0; i < 3; i++) { store.Append("s1", Sample.Entry(1)); }

        Assert.Equal((3, 3), (counted, store.Status.LostEntries));
    }

    [Fact]
    public async Task Append_QueueIsFull_LosesAndCountsButKeepsBeginAndEnd()
    {
        var options = _folder.Options;
        (options.QueueCapacity, options.BusyTimeout) = (100, TimeSpan.FromSeconds(30));
        await using var store = SqliteSessionStore.Open(options, TimeProvider.System);
        using var other = Sample.Connect(_folder.Database);
        other.Run("BEGIN EXCLUSIVE");
        store.Begin(Sample.Session("s1"));
        for (var i = 1; i <= 5_000; i++) { store.Append("s1", Sample.Entry(i)); }
        store.Begin(Sample.Session("s2"));
        store.End("s2", "client", Sample.Session("s2").StartedAt);
        Assert.InRange(store.Status.LostEntries, 3_000, 4_901);
        other.Run("COMMIT");
        await store.FlushAsync(Sample.Cancelled);

        Assert.Equal(5_000 - (await store.NumbersAsync("s1")).Length, store.Status.LostEntries);
        Assert.Equal("client", (await store.FindAsync("s2", Sample.Cancelled))!.EndReason);
        Assert.True(store.Status.IsHealthy);
    }

    [Fact]
    public async Task Append_FileDamagedMeanwhile_ThrowsNothingAndSaysSo()
    {
        await using var store = _folder.Open();
        store.Begin(Sample.Session("s1"));
        for (var i = 1; i <= 2_000; i++) { store.Append("s1", Sample.Entry(i)); }
        await store.DeleteAsync(new SessionQuery { SessionId = "nobody" }, Sample.Cancelled);
        using (var other = Sample.Connect(_folder.Database)) { other.Run("PRAGMA wal_checkpoint(TRUNCATE)"); }
        using (var file = new FileStream(_folder.Database, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
        {
            var noise = new byte[file.Length];
            new Random(1).NextBytes(noise);
            file.Write(noise);
        }

        for (var i = 2_001; i <= 4_000; i++) { store.Append("s1", Sample.Entry(i)); }
        await store.FlushAsync(Sample.Cancelled);

        Assert.False(store.Status.IsHealthy);
        Assert.Contains("damaged", store.Status.Fault, StringComparison.Ordinal);
        Assert.InRange(store.Status.LostEntries, 1, 2_000);
        await Assert.ThrowsAsync<StoreException>(() => store.NumbersAsync("s1"));
    }

    [Fact]
    public async Task Dispose_WhileLocked_EndsAndCountsWhatIsLost()
    {
        var store = _folder.Open();
        using var other = Sample.Connect(_folder.Database);
        other.Run("BEGIN EXCLUSIVE");
        store.Begin(Sample.Session("s1"));
        for (var i = 1; i <= 5_000; i++) { store.Append("s1", Sample.Entry(i)); }

        await store.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), Sample.Cancelled);

        Assert.Equal(5_000, store.Status.LostEntries);
    }

    [Fact]
    public async Task Append_AfterDispose_IsCounted()
    {
        var store = _folder.Open();
        await store.DisposeAsync();

        store.Append("s1", Sample.Entry(1));
        await store.FlushAsync(Sample.Cancelled);

        Assert.Equal(1, store.Status.LostEntries);
    }

    [Fact]
    public async Task Kill_InMidWriting_KeepsEverythingThatWasFlushed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs kill -9.");
        using (var writer = StartWriter())
        {
            try
            {
                await Eventually.TrueAsync(
                    () => Flushed() >= 200 || writer.HasExited, () => $"The writer came to {Flushed()} entries.", TimeSpan.FromMinutes(2));
                Assert.False(writer.HasExited, "The writer ended by itself.");
            }
            finally { writer.Kill(); }
            await writer.WaitForExitAsync(Sample.Cancelled);
        }

        await using var store = _folder.Open();

        var numbers = await store.NumbersAsync("s1");
        Assert.Equal(Enumerable.Range(1, numbers.Length).Select(i => (long)i), numbers);
        Assert.InRange(numbers.Length, Flushed(), int.MaxValue);
        Assert.Null((await store.FindAsync("s1", Sample.Cancelled))!.EndedAt);
        using var other = Sample.Connect(_folder.Database);
        Assert.Equal("ok", other.Scalar("PRAGMA integrity_check"));
    }

    /// <summary>The other process of the test above; it runs until it is killed.</summary>
    [Fact(Explicit = true)]
    public async Task Kill_Writer_WritesUntilItIsKilled()
    {
        var path = Environment.GetEnvironmentVariable(WriterPath);
        Assert.SkipWhen(path is null, "Runs as a process of its own.");
        await using var store = SqliteSessionStore.Open(new StoreOptions { Path = path }, TimeProvider.System);
        store.Begin(Sample.Session("s1"));
        await using var acknowledged = new FileStream(path + ".flushed", FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        for (var number = 1L; number < 10_000_000; number++)
        {
            store.Append("s1", Sample.Entry(number));
            if (number % 7 != 0) { continue; }
            await store.FlushAsync(Sample.Cancelled);
            acknowledged.Position = 0;
            acknowledged.Write(System.Text.Encoding.ASCII.GetBytes(number.ToString("D10", CultureInfo.InvariantCulture)));
        }
        Assert.Fail("It should have been killed.");
    }

    private const string WriterPath = "PARLEY_TEST_WRITER";

    private Process StartWriter()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            typeof(SqliteFaultTests).Assembly.Location, "--explicit", "only", "--no-progress",
            "--filter-method", $"{typeof(SqliteFaultTests).FullName}.{nameof(Kill_Writer_WritesUntilItIsKilled)}",
            "--results-directory", _folder.Path,
        ];
        foreach (var argument in arguments) { start.ArgumentList.Add(argument); }
        start.Environment[WriterPath] = _folder.Database;
        return Process.Start(start)!;
    }

    /// <summary>The last entry whose flush returned in the writer.</summary>
    private int Flushed()
    {
        var file = _folder.Database + ".flushed";
        return File.Exists(file) && int.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}
