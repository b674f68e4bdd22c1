using System.Security.Cryptography;
using System.Text;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.Policy;
using Parley.Timeline;
using Parley.Transports.Protocol;

namespace Parley.Sessions.Resuming;

/// <summary>Keeps in the store what must outlive the connection and the process: the session's record, its timeline, and the token that resumes it.</summary>
/// <remarks>Used by the session's loop alone, but for <see cref="Renew"/>. Without a store it makes tokens that resume nothing.</remarks>
internal sealed class SessionKeeper(SessionServices services, SessionTimeline timeline)
{
    /// <summary>A store that answers later than this has failed.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>How far beyond the stored messages a client's <c>last_seq</c> may be: what was sent and not yet stored when the server died.</summary>
    private const long MaxUnstored = 1_000;

    private readonly Lock _lock = new();
    private SessionRecord? _record;

    private ISessionStore? Store => services.Store;

    private DateTimeOffset Now => services.Time.GetUtcNow();

    /// <summary>A session begins.</summary>
    /// <returns>The token that resumes it.</returns>
    public string Begin(string id, SessionConfig config, string? learnerId, long seed, SessionEngines engines)
    {
        var token = services.NewId();
        var record = new SessionRecord(id, Now, config, seed, ParleyVersion.Current) { LearnerId = learnerId, Token = Fresh(token) };
        Keep(record, resumed: false, engines);
        return token;
    }

    /// <summary>Redeems the client's token and reads what the session was.</summary>
    /// <param name="asked">What the client sent.</param>
    /// <param name="line">The session that is to go on with it. Where it still runs on another line it ends there, once the token has proved right.</param>
    /// <returns>The session's record, its state, and the next token.</returns>
    /// <exception cref="RefusedException">It cannot be resumed; the reason is the same whatever is wrong with the token.</exception>
    public async Task<(SessionRecord Record, SessionSnapshot Snapshot, string Token)> ResumeAsync(SessionResume asked, VoiceSession line)
    {
        if (Store is not { } store) { throw new RefusedException(ErrorCodes.NotAvailable, "This server keeps no sessions: start a new one."); }
        var (id, hash, token) = (asked.SessionId!, Hash(asked.ResumeToken!), services.NewId());
        using var limit = new CancellationTokenSource(s_patience, services.Time);
        services.Running?.Begin(line, services.Metrics, isResumed: true);
        try
        {
            var known = await FindAsync(store, id, limit.Token);
            // Looked at before anything is disturbed; redeemed, for good, when the session is ready to go on.
            // Of a session that still runs it has not run out, whatever the time of day is said to be: its end renews it.
            if (!Fits(known.Token, hash, isRunning: services.Running?.IsRunning(id) == true)) { throw WrongToken(); }
            if (services.Running is { } running) { await running.HandOverAsync(id, line); }
            await store.FlushAsync(limit.Token);
            var snapshot = await ReadAsync(store, known, asked.LastSeq!.Value, limit.Token);
            if (!await store.ExchangeTokenAsync(id, hash, Fresh(token), Now, limit.Token)) { throw WrongToken(); }
            return (known with { Config = snapshot.Config, Token = Fresh(token) }, snapshot, token);
        }
        catch (RefusedException)
        {
            // Who says that they come back, and do not, ask for a new session like everybody.
            services.Running?.TakeBack(line);
            throw;
        }
        catch (TimeoutException)
        {
            services.Running?.TakeBack(line);
            throw new RefusedException(ErrorCodes.NotAvailable, "The session is still ending elsewhere: try again.");
        }
        catch (Exception e) when (e is StoreException or OperationCanceledException)
        {
            services.Running?.TakeBack(line);
            services.Metrics.StoreFailed();
            throw new RefusedException(ErrorCodes.NotAvailable, "The session cannot be read now: try again, or start a new one.");
        }
    }

    /// <summary>From now on the resumed session is kept as before.</summary>
    public void GoOn(SessionRecord record, SessionSnapshot snapshot, SessionEngines engines, bool goesOn)
    {
        timeline.GoOnAfter(snapshot.LastEntry, Now - record.StartedAt);
        Keep(record with { Version = ParleyVersion.Current, EndedAt = null, EndReason = null }, resumed: true, engines, goesOn);
    }

    /// <summary>The token stays good for another while: a session is resumed some time after its line broke, however long it lasted.</summary>
    public void Renew()
    {
        lock (_lock)
        {
            if (_record?.Token is not { } token) { return; }
            _record = _record with { Token = token with { ExpiresAt = Now + services.Options.ResumeWindow } };
            Store?.Begin(_record);
        }
    }

    /// <summary>The session is over: nothing more is kept of it.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="forGood">It cannot be resumed.</param>
    public void End(string reason, bool forGood)
    {
        Renew();
        lock (_lock)
        {
            timeline.Seal();
            if (_record is null) { return; }
            if (forGood) { Store?.Begin(_record with { Token = null }); }
            Store?.End(_record.Id, reason, Now);
            services.Figures?.OnEnded(_record.Id);
            _record = null;
        }
    }

    /// <summary>From the session's id, so that a replayed session varies its words in the same way.</summary>
    public static long SeedOf(string id) => id.Aggregate(17L, (hash, c) => unchecked(hash * 31 + c));

    private void Keep(SessionRecord record, bool resumed, SessionEngines engines, bool goesOn = true)
    {
        _record = record;
        services.Figures?.OnBegan(new BegunSession(record.Id, record.LearnerId, resumed, record.Config.Scenario, services.Experiments.Assign(record.LearnerId)));
        if (Store is { } store)
        {
            store.Begin(record);
            timeline.Add(TimelineKinds.Begin, new SessionBegun(
                record.Version, record.Seed, resumed, Now, record.Config, engines.Choices, [.. engines.Tts.Select(t => t.Name)], goesOn));
            timeline.StoreIn(entry => store.Append(record.Id, entry));
        }
        foreach (var decision in engines.Decisions) { timeline.Add(TimelineKinds.Policy, decision); }
    }

    private async Task<SessionSnapshot> ReadAsync(ISessionStore store, SessionRecord known, long lastSeq, CancellationToken cancellationToken)
    {
        var builder = new SnapshotBuilder(known.Config, services.Options.MaxHistory, lastSeq);
        await foreach (var entry in store.ReadAsync(known.Id, SnapshotBuilder.Kinds, cancellationToken: cancellationToken)) { builder.Add(entry); }
        await foreach (var entry in store.ReadAsync(known.Id, after: builder.LastEntry, cancellationToken: cancellationToken)) { builder.Skip(entry); }
        var rate = known.Config.Audio!.Out!.SampleRate!.Value;
        var snapshot = builder.Build(AudioMath.SamplesIn(services.Options.Lead, rate));
        return snapshot with { LastSeq = Math.Clamp(lastSeq, snapshot.LastSeq, snapshot.LastSeq + MaxUnstored) };
    }

    private static async ValueTask<SessionRecord> FindAsync(ISessionStore store, string id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken)
        ?? throw new RefusedException(ErrorCodes.UnknownSession, "There is no such session: start a new one.");

    private static RefusedException WrongToken() => new(ErrorCodes.BadToken, "The token does not resume this session: start a new one.");

    private bool Fits(ResumeToken? token, byte[] hash, bool isRunning) =>
        token is { } t && CryptographicOperations.FixedTimeEquals(t.Hash.Span, hash) && (isRunning || Now < t.ExpiresAt);

    private ResumeToken Fresh(string token) => new(Hash(token), Now + services.Options.ResumeWindow);

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
