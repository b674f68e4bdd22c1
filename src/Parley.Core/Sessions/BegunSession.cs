namespace Parley.Sessions;

/// <summary>A session that begins, or goes on.</summary>
/// <param name="Id">The session.</param>
/// <param name="LearnerId">Whose it is; null: nobody said.</param>
/// <param name="IsResumed">Whether it goes on.</param>
/// <param name="Scenario">What is practised; null: nothing in particular.</param>
/// <param name="Variants">The variants of experiments that it gets, by experiment.</param>
public sealed record BegunSession(string Id, string? LearnerId, bool IsResumed, string? Scenario, IReadOnlyDictionary<string, string> Variants);
