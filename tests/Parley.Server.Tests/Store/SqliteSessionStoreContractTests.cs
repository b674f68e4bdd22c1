using Parley.Sqlite.Timeline;
using Parley.Testing.Contracts;
using Parley.Timeline;

namespace Parley.Server.Tests.Store;

public sealed class SqliteSessionStoreContractTests : SessionStoreContract, IAsyncLifetime
{
    private readonly StoreFolder _folder = new();
    private SqliteSessionStore? _store;

    protected override ISessionStore Store => _store!;

    public ValueTask InitializeAsync()
    {
        StoreFolder.SkipWithoutSqlite();
        _store = _folder.Open(Clock);
        return default;
    }

    public async ValueTask DisposeAsync()
    {
        if (_store is not null) { await _store.DisposeAsync(); }
        _folder.Dispose();
    }
}
