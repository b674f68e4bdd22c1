using Parley.Diagnostics;

namespace Parley.Policy.Ranking;

/// <summary>Whom an engine is wanted for, and what is asked of it.</summary>
/// <param name="Stage">The stage to serve.</param>
public sealed record PolicyRequest(VoiceStage Stage)
{
    /// <summary>The engine that the session or the call names; null: it leaves the choice to the policy.</summary>
    public string? Asked { get; init; }

    /// <summary>The engine that the server's configuration names; null: none.</summary>
    public string? Configured { get; init; }

    /// <summary>The engine that served this session before it was resumed; null: it is new.</summary>
    public string? Previous { get; init; }

    /// <summary>BCP 47; null: any will do.</summary>
    public string? Language { get; init; }

    /// <summary>A1 to C2; null: any will do.</summary>
    public string? Level { get; init; }

    /// <value>The default is <see cref="CloudConsent.None"/>.</value>
    public CloudConsent Consent { get; init; }

    /// <summary>Whether somebody waits for the result, so that the latency budget holds.</summary>
    /// <value>The default is true.</value>
    public bool RealTime { get; init; } = true;

    /// <summary>Who draws the lot for a canary: the learner's id, else the session's; null: nobody does.</summary>
    public string? Subject { get; init; }
}
