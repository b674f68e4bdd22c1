namespace Parley.Resilience;

/// <summary>In a session, another engine serves a stage from now on.</summary>
/// <param name="Stage">The stage, as <c>degraded</c> calls it.</param>
/// <param name="From">The engine that served it.</param>
/// <param name="To">The one that does now.</param>
/// <param name="Why">What was wrong, in words for the operator.</param>
/// <param name="Recovered">Whether the session's first choice is back.</param>
public sealed record EngineChange(string Stage, string From, string To, string Why, bool Recovered);
