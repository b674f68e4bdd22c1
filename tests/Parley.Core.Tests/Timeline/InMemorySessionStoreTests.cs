using Parley.Testing.Contracts;
using Parley.Timeline;

namespace Parley.Core.Tests.Timeline;

public sealed class InMemorySessionStoreTests : SessionStoreContract, IAsyncDisposable
{
    private readonly InMemorySessionStore _store;

    public InMemorySessionStoreTests() => _store = new InMemorySessionStore(Clock);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    protected override ISessionStore Store => _store;

    [Fact]
    public async Task Begin_TooManySessions_ForgetsTheOneThatEndedFirst()
    {
        var store = new InMemorySessionStore(Clock, maxSessions: 3);
        foreach (var id in (string[])["runs", "a", "b"]) { store.Begin(Session(id)); }
        foreach (var id in (string[])["b", "a"]) { store.End(id, "client", Clock.GetUtcNow()); }

        store.Begin(Session("c"));

        Assert.Equal(["a", "c", "runs"], await IdsAsync(store));
        Assert.Equal(0, store.Status.LostEntries);
    }

    [Fact]
    public async Task Begin_AllRun_LosesTheNewOneAndCounts()
    {
        var store = new InMemorySessionStore(Clock, maxSessions: 1);
        store.Begin(Session("a"));

        store.Begin(Session("b"));

        Assert.Equal(["a"], await IdsAsync(store));
        Assert.Equal(1, store.Status.LostEntries);
    }

    [Fact]
    public async Task Append_TooManyBytes_ForgetsOtherSessionsThenLosesEntries()
    {
        var store = new InMemorySessionStore(Clock, maxBytes: 1_000);
        store.Begin(Session("a"));
        store.Append("a", Audio(1, 600));
        store.End("a", "client", Clock.GetUtcNow());
        store.Begin(Session("b"));
        store.Append("b", Audio(1, 600));
        Assert.Equal(["b"], await IdsAsync(store));

        store.Append("b", Audio(2, 600));
        store.Append("b", Audio(3, 400));

        Assert.Equal(1, store.Status.LostEntries);
        Assert.Equal(1_000, Assert.Single(await store.ListAsync(new SessionQuery(), TestContext.Current.CancellationToken)).Bytes);
    }

    [Fact]
    public void Status_InsteadOfAnother_IsNotHealthyAndSaysWhy() =>
        Assert.Equal(new StoreStatus(false, 0, "The disk is gone."), new InMemorySessionStore(Clock, insteadOf: "The disk is gone.").Status);

    private static TimelineEntry Audio(long number, int bytes) => new(number, TimeSpan.Zero, TimelineKinds.Audio, (ReadOnlyMemory<byte>)new byte[bytes]);

    private static async Task<IEnumerable<string>> IdsAsync(InMemorySessionStore store) =>
        (await store.ListAsync(new SessionQuery(), TestContext.Current.CancellationToken)).Select(s => s.Session.Id).Order();
}
