using Microsoft.Extensions.DependencyInjection;
using Parley.Diagnostics;
using Parley.Server.Configuration;
using Parley.Sessions;
using Parley.Sqlite.Timeline;
using Parley.Testing;

namespace Parley.Server.Tests.Store;

public sealed class SessionStoresTests : IDisposable
{
    private readonly StoreFolder _folder = new();
    private readonly LogCount _log = new();
    private readonly ParleyMetrics _metrics = new();

    public void Dispose()
    {
        _metrics.Dispose();
        _log.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Open_TurnedOff_IsInMemoryAndHealthy()
    {
        var options = _folder.Options;
        options.Enabled = false;

        await using var store = SessionStores.Open(options, TimeProvider.System, _metrics, _log.For<SqliteSessionStore>());

        Assert.Equal(("memory", true), (store.Name, store.Status.IsHealthy));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Open_CannotBeUsed_IsInMemoryAndSaysWhy()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "data"), "a file where the folder should be");

        await using var store = SessionStores.Open(_folder.Options, TimeProvider.System, _metrics, _log.For<SqliteSessionStore>());

        Assert.Equal(("memory", false), (store.Name, store.Status.IsHealthy));
        Assert.Contains(_folder.Database, store.Status.Fault, StringComparison.Ordinal);
        Assert.Contains("memory", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_Server_GivesSessionsTheConfiguredStoreAndDeletesWhatIsOld()
    {
        StoreFolder.SkipWithoutSqlite();
        await using (var store = _folder.Open(new Time.VirtualClock(DateTimeOffset.UnixEpoch))) { store.Begin(Sample.Session("old")); }
        await using var app = ParleyServer.Build([$"--Parley:Store:Path={_folder.Database}", "--urls=http://127.0.0.1:0"]);

        await app.StartAsync(Sample.Cancelled);

        var opened = app.Services.GetRequiredService<SessionServices>().Store;
        Assert.Equal(_folder.Database, Assert.IsType<SqliteSessionStore>(opened).Path);
        await Eventually.TrueAsync(() => Count(_folder.Database) == 0, () => "The old session is still there.");
        await app.StopAsync(Sample.Cancelled);
    }

    private static long Count(string database)
    {
        using var connection = Sample.Connect(database);
        return (long)connection.Scalar("SELECT count(*) FROM session")!;
    }
}
