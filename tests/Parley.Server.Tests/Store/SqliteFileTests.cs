using System.Text;
using Parley.Sqlite.Timeline;
using Parley.Testing;
using Parley.Time;
using Parley.Timeline;

namespace Parley.Server.Tests.Store;

/// <summary>The file: what is in it, who may read it, what is left after a deletion, and what happens to files that are none of ours.</summary>
public sealed class SqliteFileTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public SqliteFileTests() => StoreFolder.SkipWithoutSqlite();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_AfterDispose_HasEverything()
    {
        await using (var first = _folder.Open())
        {
            first.Begin(Sample.Session("s1", "ana"));
            for (var i = 1; i <= 5_000; i++) { first.Append("s1", Sample.Entry(i)); }
            first.End("s1", "client", Sample.Session("s1").StartedAt);
        }

        await using var second = _folder.Open();

        Assert.Equal(Enumerable.Range(1, 5_000).Select(i => (long)i), await second.NumbersAsync("s1"));
        Assert.Equal("client", (await second.FindAsync("s1", Sample.Cancelled))!.EndReason);
        Assert.Equal((5_000, 5_000L), (await second.ListAsync(new SessionQuery(), Sample.Cancelled)).Select(s => (s.Turns, s.Entries)).Single());
    }

    [Fact]
    public async Task Open_TwoStoresOnOneFile_SeeWhatTheOtherFlushed()
    {
        await using var one = _folder.Open();
        await using var two = _folder.Open();
        one.Begin(Sample.Session("s1"));
        one.Append("s1", Sample.Entry(1));
        await one.FlushAsync(Sample.Cancelled);
        two.Append("s1", Sample.Entry(2));
        await two.FlushAsync(Sample.Cancelled);

        Assert.Equal((long[])[1, 2], await one.NumbersAsync("s1"));
        Assert.Equal((long[])[1, 2], await two.NumbersAsync("s1"));
    }

    [Fact]
    public async Task Open_NewFile_IsForItsOwnerAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other permissions.");
        await using var store = await FilledAsync();

        const UnixFileMode ownersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var files = Directory.GetFiles(Path.GetDirectoryName(_folder.Database)!);
        Assert.Contains(files, f => f.EndsWith("-wal", StringComparison.Ordinal));
        foreach (var file in files) { Assert.Equal(ownersFile, Mode(file)); }
        Assert.Equal(ownersFile | UnixFileMode.UserExecute, Mode(Path.GetDirectoryName(_folder.Database)!));
    }

    [Fact]
    public async Task Append_Json_IsTextThatPeopleCanRead()
    {
        await using var store = await FilledAsync();

        using var other = Sample.Connect(_folder.Database);

        Assert.Equal("\"hello\"", other.Scalar("SELECT data FROM entry WHERE number = 1"));
        Assert.Equal("text", other.Scalar("SELECT typeof(data) FROM entry WHERE number = 1"));
        Assert.Equal("2026-05-01T12:00:00.0000000Z", other.Scalar("SELECT started_at FROM session"));
        Assert.Equal("wal", other.Scalar("PRAGMA journal_mode"));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public async Task Delete_LearnerOrOld_LeavesNoTraceOfWhatWasSaid(int seed, bool byAge)
    {
        const string Secret = "my grandmother keeps bees", Learner = "learner-ana-7", Other = "nothing special";
        var (random, clock) = (new Random(seed), new VirtualClock());
        await using var store = _folder.Open(clock);
        var sessions = Enumerable.Range(0, 12).Select(i => (Id: $"{(i % 3 == 0 ? "secret" : "plain")}-{i}", IsSecret: i % 3 == 0)).ToArray();
        foreach (var (id, isSecret) in sessions) { store.Begin(Sample.Session(id, isSecret ? Learner : "bob")); }
        for (var number = 1; number <= 400; number++)
        {
            foreach (var (id, isSecret) in sessions)
            {
                // Of many lengths, so that pages are split and entries overflow them.
                var padding = new string('.', random.Next(8) == 0 ? random.Next(6_000) : random.Next(300));
                store.Append(id, Sample.Entry(number, $"{(isSecret ? Secret : Other)} {number} {padding}"));
            }
            if (random.Next(20) == 0) { await store.FlushAsync(Sample.Cancelled); }
        }
        await store.FlushAsync(Sample.Cancelled);
        Assert.NotEqual(0, Traces(Secret));
        var otherTraces = (await store.NumbersAsync("plain-1")).Length;

        if (byAge)
        {
            foreach (var (id, _) in sessions) { store.End(id, "client", Sample.Session(id).StartedAt); }
            await store.FlushAsync(Sample.Cancelled);
            clock.Advance(TimeSpan.FromDays(40));
            foreach (var (id, _) in sessions.Where(s => !s.IsSecret)) { store.End(id, "client", Sample.Session(id).StartedAt); }
            await store.FlushAsync(Sample.Cancelled);
        }
        var query = byAge ? new SessionQuery { Before = clock.GetUtcNow() - TimeSpan.FromDays(30) } : new SessionQuery { LearnerId = Learner };
        Assert.Equal(4, await store.DeleteAsync(query, Sample.Cancelled));

        Assert.Equal((0, 0, 0), (Traces(Secret), Traces(Learner), Traces("secret-")));
        Assert.Equal(400, otherTraces);
        Assert.InRange(Traces(Other), 8 * 400, int.MaxValue);
    }

    [Fact]
    public async Task Delete_ReaderInTheWay_LeavesNoTraceOnceItHasGone()
    {
        const string Secret = "my grandmother keeps bees";
        await using var store = _folder.Open();
        store.Begin(Sample.Session("s1", "ana"));
        store.Append("s1", Sample.Entry(1, Secret));
        await store.FlushAsync(Sample.Cancelled);
        using (var reader = Sample.Connect(_folder.Database))
        {
            reader.Run("BEGIN");
            Assert.Equal(1L, reader.Scalar("SELECT count(*) FROM entry"));
            Assert.Equal(1, await store.DeleteAsync(new SessionQuery { LearnerId = "ana" }, Sample.Cancelled));
            Assert.NotEqual(0, Traces(Secret));
        }

        await Eventually.TrueAsync(() => Traces(Secret) == 0, () => "The log still has it.");
    }

    [Fact]
    public async Task Open_NewerVersion_IsRefusedAndSaysSo()
    {
        await (await FilledAsync()).DisposeAsync();
        using (var other = Sample.Connect(_folder.Database)) { other.Run("PRAGMA user_version = 7"); }

        var failure = Assert.Throws<StoreException>(() => _folder.Open());

        Assert.Contains("version 7", failure.Message, StringComparison.Ordinal);
        Assert.Contains("newer", failure.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.Database, failure.Message, StringComparison.Ordinal);
        Assert.False(SqliteProbe.Of(_folder.Options).Usable);
    }

    [Fact]
    public void Open_DatabaseOfAnotherProgram_IsRefusedAndLeftAsItIs()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.Database)!);
        using (var other = Sample.Connect(_folder.Database)) { other.Run("CREATE TABLE songs (title TEXT)"); }
        var before = File.ReadAllBytes(_folder.Database);

        Assert.Contains("another program", Assert.Throws<StoreException>(() => _folder.Open()).Message, StringComparison.Ordinal);

        Assert.Equal(before, File.ReadAllBytes(_folder.Database));
    }

    [Theory]
    [InlineData("This was never a database, however long it is made to be, and whatever it says about itself. Not at all, never, no.")]
    [InlineData("SQLite format 3\0 and then nothing that fits, for a hundred bytes and more, so that the header is read and found wanting.")]
    public void Open_DamagedFile_IsRefusedAndSaysSo(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.Database)!);
        File.WriteAllText(_folder.Database, content);

        Assert.Contains("damaged", Assert.Throws<StoreException>(() => _folder.Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FolderThatCannotBeMade_IsRefusedAndSaysSo()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "data"), "a file");

        Assert.Contains(_folder.Database, Assert.Throws<StoreException>(() => _folder.Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_DamagedEntry_SaysWhich()
    {
        await using var store = await FilledAsync();
        using (var other = Sample.Connect(_folder.Database)) { other.Run("UPDATE entry SET data = '{\"cut' WHERE number = 2"); }

        var failure = await Assert.ThrowsAsync<StoreException>(() => store.NumbersAsync("s1"));

        Assert.Contains("Entry 2", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("cut", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config = '{'")]
    [InlineData("started_at = 'yesterday'")]
    [InlineData("token_expires_at = 'soon'")]
    [InlineData("token_expires_at = '2026-05-01T12:00:00.0000000Z', token_hash = NULL")]
    public async Task Find_DamagedSession_SaysWhich(string damage)
    {
        await using var store = await FilledAsync();
        using (var other = Sample.Connect(_folder.Database)) { other.Run($"UPDATE session SET {damage}"); }

        Assert.Contains("s1", (await Assert.ThrowsAsync<StoreException>(async () => await store.FindAsync("s1", Sample.Cancelled))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Probe_NoFile_MakesNone()
    {
        var probe = SqliteProbe.Of(_folder.Options);

        Assert.True(probe.Usable);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    private async Task<SqliteSessionStore> FilledAsync()
    {
        var store = _folder.Open();
        store.Begin(Sample.Session("s1"));
        store.Append("s1", Sample.Entry(1));
        store.Append("s1", Sample.Entry(2));
        await store.FlushAsync(Sample.Cancelled);
        return store;
    }

    private static UnixFileMode Mode(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);

    /// <summary>How often a text stands in the raw bytes of the database and its log.</summary>
    private int Traces(string text)
    {
        var (count, wanted) = (0, Encoding.UTF8.GetBytes(text));
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(_folder.Database)!).Where(f => !f.EndsWith("-shm", StringComparison.Ordinal)))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            var rest = bytes.AsSpan(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
            for (var at = rest.IndexOf(wanted); at >= 0; at = rest.IndexOf(wanted))
            {
                count++;
                rest = rest[(at + wanted.Length)..];
            }
        }
        return count;
    }
}
