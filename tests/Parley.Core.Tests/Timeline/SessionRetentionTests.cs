using Parley.Time;
using Parley.Timeline;
using Parley.Transports.Protocol;

namespace Parley.Core.Tests.Timeline;

public sealed class SessionRetentionTests : IAsyncDisposable
{
    private readonly VirtualClock _clock = new();
    private readonly InMemorySessionStore _store;

    public SessionRetentionTests() => _store = new InMemorySessionStore(_clock);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Apply_OldSessions_AreDeletedUnlessTheyRun()
    {
        Add("old", bytes: 10);
        Add("runs", bytes: 10, ends: false);
        _clock.Advance(TimeSpan.FromDays(31));
        Add("new", bytes: 10);

        Assert.Equal(1, await ApplyAsync(new StoreOptions()));

        Assert.Equal(["new", "runs"], await IdsAsync());
    }

    [Fact]
    public async Task Apply_NoRetention_KeepsAll()
    {
        Add("old", bytes: 10);
        _clock.Advance(TimeSpan.FromDays(3_000));

        Assert.Equal(0, await ApplyAsync(new StoreOptions { Retention = TimeSpan.Zero }));

        Assert.Equal(["old"], await IdsAsync());
    }

    [Fact]
    public async Task Apply_TooManyBytes_DeletesTheOldestThatDoNotRun()
    {
        foreach (var id in (string[])["1", "2", "3", "4"])
        {
            Add(id, bytes: 100, ends: id != "1");
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(1, await ApplyAsync(new StoreOptions { MaxBytes = 250 }));

        Assert.Equal(["1", "3", "4"], await IdsAsync());
    }

    private void Add(string id, int bytes, bool ends = true)
    {
        _store.Begin(new SessionRecord(id, _clock.GetUtcNow(), new SessionConfig(), 1, "1"));
        _store.Append(id, new TimelineEntry(1, TimeSpan.Zero, TimelineKinds.Audio, (ReadOnlyMemory<byte>)new byte[bytes]));
        if (ends) { _store.End(id, "client", _clock.GetUtcNow()); }
    }

    private Task<int> ApplyAsync(StoreOptions options) => new SessionRetention(_store, options, _clock).ApplyAsync(TestContext.Current.CancellationToken);

    private async Task<IEnumerable<string>> IdsAsync() =>
        (await _store.ListAsync(new SessionQuery(), TestContext.Current.CancellationToken)).Select(s => s.Session.Id).Order();
}
