namespace Parley.Policy.Ranking;

/// <summary>Who leads a race, and who has been ahead of the leader since when: what keeps choices from flapping.</summary>
/// <param name="Leader">The engine in use.</param>
/// <param name="Challenger">The engine that is ahead by the margin; null: none is.</param>
/// <param name="Since">The time, on the caller's clock, from which on it has been ahead.</param>
public sealed record Incumbency(string Leader, string? Challenger = null, TimeSpan Since = default)
{
    /// <summary>The leader is ahead, or close enough.</summary>
    public Incumbency Unchallenged() => Challenger is null ? this : new Incumbency(Leader);

    /// <summary>Another engine is ahead by the margin: it takes over once it has been for long enough.</summary>
    public Incumbency ChallengedBy(string name, TimeSpan now, TimeSpan dwell)
    {
        var since = Challenger == name ? Since : now;
        return now - since >= dwell ? new Incumbency(name) : new Incumbency(Leader, name, since);
    }
}
