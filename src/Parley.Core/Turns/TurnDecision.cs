namespace Parley.Turns;

/// <summary>A turn detector's verdict.</summary>
/// <param name="EndsTurn">Whether the turn ends now.</param>
/// <param name="RequiredSilence">The silence after which this turn ends if nothing changes.</param>
/// <param name="Reason">Why it ends, for the timeline; never holds what was said. Empty while it goes on.</param>
public readonly record struct TurnDecision(bool EndsTurn, TimeSpan RequiredSilence, string Reason);
