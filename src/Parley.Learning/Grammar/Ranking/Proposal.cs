namespace Parley.Learning.Grammar.Ranking;

/// <summary>Words that may stand in the place of tokens.</summary>
/// <param name="Start">The first token.</param>
/// <param name="End">The token after the last.</param>
/// <param name="Texts">What to put there; nothing to take them out.</param>
/// <param name="Choice">Why, and how much likelier it must be.</param>
internal sealed record Proposal(int Start, int End, IReadOnlyList<string> Texts, Choice Choice);
