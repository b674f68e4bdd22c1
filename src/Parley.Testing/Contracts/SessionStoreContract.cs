using System.Security.Cryptography;
using System.Text;
using Parley.Audio;
using Parley.Time;
using Parley.Timeline;
using Parley.Transports.Protocol;
using Parley.Turns;
using Xunit;

namespace Parley.Testing.Contracts;

/// <summary>What every <see cref="ISessionStore"/> must do.</summary>
public abstract class SessionStoreContract
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>The store, empty; reads <see cref="Clock"/>.</summary>
    protected abstract ISessionStore Store { get; }

    protected VirtualClock Clock { get; } = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Find_BegunSession_GivesItBack()
    {
        var session = Session("s1") with
        {
            LearnerId = "ana",
            Token = Token("secret", Clock.GetUtcNow() + TimeSpan.FromMinutes(10)),
        };

        Store.Begin(session);
        await Store.FlushAsync(Cancelled);

        var found = await Store.FindAsync("s1", Cancelled);
        Assert.NotNull(found);
        Assert.Equal(session.Token.Value.Hash.ToArray(), found.Token?.Hash.ToArray());
        Assert.Equal(session.Token.Value.ExpiresAt, found.Token?.ExpiresAt);
        Assert.Equal(session with { Token = null }, found with { Token = null });
    }

    [Fact]
    public async Task Find_UnknownSession_GivesNull() => Assert.Null(await Store.FindAsync("nobody", Cancelled));

    [Fact]
    public async Task Begin_SecondTime_ReplacesWhatIsKnownAndKeepsTheTimeline()
    {
        Store.Begin(Session("s1") with { LearnerId = "ana" });
        Store.Append("s1", Entry(1));
        Store.End("s1", "disconnected", Clock.GetUtcNow());
        Store.Begin(Session("s1") with { Version = "2" });
        Store.Append("s1", Entry(2));
        await Store.FlushAsync(Cancelled);

        var found = await Store.FindAsync("s1", Cancelled);
        Assert.Equal(Session("s1") with { Version = "2" }, found);
        Assert.Equal([1, 2], (await ReadAsync("s1")).Select(e => e.Number));
    }

    [Fact]
    public async Task End_RunningSession_SaysWhenAndWhy()
    {
        Store.Begin(Session("s1"));
        Clock.Advance(TimeSpan.FromMinutes(3));
        Store.End("s1", "client", Clock.GetUtcNow());
        await Store.FlushAsync(Cancelled);

        var found = await Store.FindAsync("s1", Cancelled);
        Assert.Equal((Clock.GetUtcNow(), "client"), (found!.EndedAt!.Value, found.EndReason));
    }

    [Fact]
    public async Task Read_EntriesOfAllKinds_GivesThemInOrderAsTheyWereEncoded()
    {
        TimelineEntry[] entries =
        [
            new(1, TimeSpan.FromTicks(12_345), TimelineKinds.Begin, null),
            new(2, TimeSpan.FromMilliseconds(20), TimelineKinds.Received, new TextInput("Grüß dich, “you” 🙂 \0 ok")),
            new(3, TimeSpan.FromMilliseconds(20), TimelineKinds.Audio, (ReadOnlyMemory<byte>)Pcm16.ToBytes([1, -2, short.MaxValue])),
            new(7, TimeSpan.FromSeconds(1), TimelineKinds.Sent, new Pong(4, 5)),
            new(8, TimeSpan.FromHours(9), TimelineKinds.TurnEnd, new TurnDecision(true, TimeSpan.FromSeconds(1), "silence")),
            new(9, TimeSpan.FromHours(9), TimelineKinds.User, "I like tea."),
        ];
        Store.Begin(Session("s1"));
        foreach (var entry in entries) { Store.Append("s1", entry); }
        await Store.FlushAsync(Cancelled);

        var read = await ReadAsync("s1");

        Assert.Equal(entries.Select(TimelineJson.Encode).Select(Text), read.Select(Text));
        Assert.Equal(new StoreStatus(true, 0, null), Store.Status);
    }

    [Fact]
    public async Task Read_KindsAndAfter_GivesOnlyThose()
    {
        Store.Begin(Session("s1"));
        for (var i = 1; i <= 2_000; i++) { Store.Append("s1", Entry(i, i % 5 == 0 ? TimelineKinds.User : TimelineKinds.Sent)); }
        await Store.FlushAsync(Cancelled);

        Assert.Equal(2_000, (await ReadAsync("s1", [])).Count);
        Assert.Equal(
            Enumerable.Range(1, 2_000).Where(i => i > 700 && i % 5 == 0).Select(i => (long)i),
            (await ReadAsync("s1", [TimelineKinds.User, TimelineKinds.Refused], after: 700)).Select(e => e.Number));
        Assert.Empty(await ReadAsync("s1", after: 2_000));
    }

    [Fact]
    public async Task Append_NumberThatIsThere_IsIgnored()
    {
        Store.Begin(Session("s1"));
        Store.Append("s1", new TimelineEntry(1, TimeSpan.Zero, TimelineKinds.User, "first"));
        Store.Append("s1", new TimelineEntry(1, TimeSpan.Zero, TimelineKinds.User, "second"));
        await Store.FlushAsync(Cancelled);

        Assert.Equal("\"first\"", Encoding.UTF8.GetString(Assert.Single(await ReadAsync("s1")).Data.Span));
        Assert.Equal((1, 1), (await ListAsync(new SessionQuery())).Select(s => (s.Turns, (int)s.Entries)).Single());
        Assert.Equal(0, Store.Status.LostEntries);
    }

    [Fact]
    public async Task Append_UnknownSession_IsIgnored()
    {
        Store.Append("nobody", Entry(1));
        await Store.FlushAsync(Cancelled);

        Assert.Empty(await ReadAsync("nobody"));
        Assert.Empty(await ListAsync(new SessionQuery()));
    }

    [Fact]
    public async Task Append_DataThatCannotBeWritten_IsCountedAndTheRestIsStored()
    {
        Store.Begin(Session("s1"));
        Store.Append("s1", new TimelineEntry(1, TimeSpan.Zero, TimelineKinds.Sent, new Version(1, 2)));
        Store.Append("s1", Entry(2));
        await Store.FlushAsync(Cancelled);

        Assert.Equal(2, Assert.Single(await ReadAsync("s1")).Number);
        Assert.Equal(1, Store.Status.LostEntries);
    }

    [Fact]
    public async Task Append_ManySessionsAtOnce_KeepsEachOnesOrder()
    {
        var ids = Enumerable.Range(0, 20).Select(i => $"s{i}").ToArray();
        await Task.WhenAll(ids.Select(id => Task.Run(
            () =>
            {
                Store.Begin(Session(id));
                for (var i = 1; i <= 200; i++) { Store.Append(id, Entry(i)); }
                Store.End(id, "client", Clock.GetUtcNow());
            },
            Cancelled))).WaitAsync(s_patience, Cancelled);
        await Store.FlushAsync(Cancelled);

        foreach (var id in ids) { Assert.Equal(Enumerable.Range(1, 200).Select(i => (long)i), (await ReadAsync(id)).Select(e => e.Number)); }
    }

    [Fact]
    public async Task ExchangeToken_RightToken_WorksOnceAndTheNextWorksThen()
    {
        Store.Begin(Session("s1") with { Token = Token("first", Later) });

        Assert.True(await ExchangeAsync("s1", "first", "second"));
        Assert.False(await ExchangeAsync("s1", "first", "third"));
        Assert.True(await ExchangeAsync("s1", "second", "third"));
        Assert.Equal(Hash("third"), (await Store.FindAsync("s1", Cancelled))!.Token!.Value.Hash.ToArray());
    }

    [Theory]
    [InlineData("s1", "wrong")]
    [InlineData("s1", "")]
    [InlineData("s2", "first")]
    [InlineData("s3", "first")]
    [InlineData("nobody", "first")]
    public async Task ExchangeToken_WrongToken_IsRefusedAndChangesNothing(string session, string token)
    {
        Store.Begin(Session("s1") with { Token = Token("first", Later) });
        Store.Begin(Session("s2") with { Token = Token("other", Later) });
        Store.Begin(Session("s3"));

        Assert.False(await ExchangeAsync(session, token, "next"));

        Assert.True(await ExchangeAsync("s1", "first", "next"));
        Assert.True(await ExchangeAsync("s2", "other", "next"));
    }

    [Fact]
    public async Task ExchangeToken_Expired_IsRefused()
    {
        Store.Begin(Session("s1") with { Token = Token("first", Later) });
        Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.False(await ExchangeAsync("s1", "first", "next"));
    }

    [Fact]
    public async Task ExchangeToken_ManyAtOnce_OneSucceeds()
    {
        Store.Begin(Session("s1") with { Token = Token("first", Later) });

        var tries = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() => ExchangeAsync("s1", "first", $"next {i}"), Cancelled)))
            .WaitAsync(s_patience, Cancelled);

        var winner = Array.IndexOf(tries, true);
        Assert.Single(tries, true);
        Assert.True(await ExchangeAsync("s1", $"next {winner}", "last"));
    }

    [Fact]
    public async Task List_Sessions_NewestFirstWithTheirSums()
    {
        Store.Begin(Session("old"));
        await Store.FlushAsync(Cancelled);
        Clock.Advance(TimeSpan.FromDays(1));
        Store.Begin(Session("new"));
        Store.Append("new", new TimelineEntry(1, TimeSpan.FromSeconds(1), TimelineKinds.Audio, (ReadOnlyMemory<byte>)new byte[640]));
        Store.Append("new", new TimelineEntry(2, TimeSpan.FromSeconds(2), TimelineKinds.User, "four"));
        Store.Append("new", new TimelineEntry(3, TimeSpan.FromSeconds(9), TimelineKinds.User, null));
        await Store.FlushAsync(Cancelled);

        var list = await ListAsync(new SessionQuery());

        Assert.Equal(["new", "old"], list.Select(s => s.Session.Id));
        Assert.Equal(new SessionSummary(list[0].Session, 2, 3, 646, TimeSpan.FromSeconds(9), Clock.GetUtcNow()), list[0]);
        Assert.Equal(new SessionSummary(list[1].Session, 0, 0, 0, TimeSpan.Zero, Clock.GetUtcNow() - TimeSpan.FromDays(1)), list[1]);
    }

    [Fact]
    public async Task List_Query_GivesWhatFitsAllOfIt()
    {
        foreach (var (id, learner) in ((string, string?)[])[("a", "ana"), ("b", "bob"), ("c", "ana"), ("d", null)])
        {
            Store.Begin(Session(id) with { LearnerId = learner });
            Store.End(id, "client", Clock.GetUtcNow());
            await Store.FlushAsync(Cancelled);
            Clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(["d", "c", "b", "a"], await IdsAsync(new SessionQuery()));
        Assert.Equal(["b"], await IdsAsync(new SessionQuery { SessionId = "b" }));
        Assert.Equal(["c", "a"], await IdsAsync(new SessionQuery { LearnerId = "ana" }));
        Assert.Equal(["c"], await IdsAsync(new SessionQuery { LearnerId = "ana", Limit = 1 }));
        Assert.Equal(["b", "a"], await IdsAsync(new SessionQuery { Before = Clock.GetUtcNow() - TimeSpan.FromHours(2) }));
        Assert.Equal(["a"], await IdsAsync(new SessionQuery { Before = Clock.GetUtcNow() - TimeSpan.FromHours(2), LearnerId = "ana" }));
        Assert.Empty(await IdsAsync(new SessionQuery { SessionId = "b", LearnerId = "ana" }));
    }

    [Fact]
    public async Task List_Before_LeavesOutWhatRunsAndWhatWasAddedToSince()
    {
        Store.Begin(Session("runs"));
        Store.Begin(Session("spoke"));
        Store.Begin(Session("over"));
        Store.End("over", "client", Clock.GetUtcNow());
        await Store.FlushAsync(Cancelled);
        Clock.Advance(TimeSpan.FromDays(40));
        Store.Append("spoke", Entry(1));
        Store.End("spoke", "client", Clock.GetUtcNow());
        await Store.FlushAsync(Cancelled);

        Assert.Equal(["over"], await IdsAsync(new SessionQuery { Before = Clock.GetUtcNow() - TimeSpan.FromDays(30) }));
        Assert.Equal(1, await Store.DeleteAsync(new SessionQuery { Before = Clock.GetUtcNow() - TimeSpan.FromDays(30) }, Cancelled));
        Assert.Equal(["runs", "spoke"], (await IdsAsync(new SessionQuery())).Order());
    }

    [Fact]
    public async Task Delete_Learner_TakesTheirSessionsAndNoOthers()
    {
        foreach (var id in (string[])["a", "b", "c"])
        {
            Store.Begin(Session(id) with { LearnerId = id == "b" ? "bob" : "ana", Token = Token("first", Later) });
            Store.Append(id, Entry(1));
        }

        Assert.Equal(2, await Store.DeleteAsync(new SessionQuery { LearnerId = "ana" }, Cancelled));

        Assert.Null(await Store.FindAsync("a", Cancelled));
        Assert.Empty(await ReadAsync("a"));
        Assert.False(await ExchangeAsync("a", "first", "next"));
        Assert.Single(await ReadAsync("b"));
        Assert.Equal(0, await Store.DeleteAsync(new SessionQuery { LearnerId = "ana" }, Cancelled));
    }

    [Fact]
    public async Task Delete_RunningSession_ForgetsWhatComesLaterToo()
    {
        Store.Begin(Session("s1"));
        Store.Append("s1", Entry(1));
        Assert.Equal(1, await Store.DeleteAsync(new SessionQuery { SessionId = "s1" }, Cancelled));

        Store.Append("s1", Entry(2));
        Store.End("s1", "client", Clock.GetUtcNow());
        await Store.FlushAsync(Cancelled);

        Assert.Null(await Store.FindAsync("s1", Cancelled));
        Assert.Empty(await ReadAsync("s1"));
        Assert.Equal(0, Store.Status.LostEntries);
    }

    [Fact]
    public async Task Delete_SessionThatComesAgain_HasNothingOfTheOld()
    {
        Store.Begin(Session("s1"));
        Store.Append("s1", Entry(1));
        Assert.Equal(1, await Store.DeleteAsync(new SessionQuery { SessionId = "s1" }, Cancelled));

        Store.Begin(Session("s1"));
        await Store.FlushAsync(Cancelled);

        Assert.Equal(0, Assert.Single(await ListAsync(new SessionQuery())).Entries);
        Assert.Empty(await ReadAsync("s1"));
    }

    protected SessionRecord Session(string id) => new(
        id, Clock.GetUtcNow(), new SessionConfig { Language = "en-US", Turn = new TurnConfig { Patience = Patience.Learner } }, Seed: long.MaxValue, Version: "1.2.3");

    protected static TimelineEntry Entry(long number, string kind = TimelineKinds.Sent) =>
        new(number, TimeSpan.FromMilliseconds(20 * number), kind, $"This is entry {number}.");

    protected static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    protected async Task<List<StoredEntry>> ReadAsync(string id, IReadOnlyCollection<string>? kinds = null, long after = 0)
    {
        var entries = new List<StoredEntry>();
        await foreach (var entry in Store.ReadAsync(id, kinds, after, Cancelled)) { entries.Add(entry); }
        return entries;
    }

    private DateTimeOffset Later => Clock.GetUtcNow() + TimeSpan.FromMinutes(10);

    private static ResumeToken Token(string token, DateTimeOffset expires) => new(Hash(token), expires);

    private async Task<bool> ExchangeAsync(string id, string token, string next) =>
        await Store.ExchangeTokenAsync(id, Hash(token), Token(next, Later), Clock.GetUtcNow(), Cancelled);

    private async Task<IReadOnlyList<SessionSummary>> ListAsync(SessionQuery query) => await Store.ListAsync(query, Cancelled);

    private async Task<IEnumerable<string>> IdsAsync(SessionQuery query) => (await ListAsync(query)).Select(s => s.Session.Id);

    private static string Text(StoredEntry e) => $"{e.Number} {e.At.Ticks} {e.Kind} {Convert.ToHexString(e.Data.Span)}";
}
