namespace Parley.Turns;

/// <summary>A turn detector's verdict.</summary>
/// <param name="EndsTurn">Whether the turn ends now.</param>
/// <param name="RequiredSilence">The silence after which this turn ends if nothing changes.</param>
/// <param name="Reason">Why, for the timeline; never holds what was said.</param>
public readonly record struct TurnDecision(bool EndsTurn, TimeSpan RequiredSilence, string Reason);
