namespace Parley.Learning.Grammar.Rules;

/// <summary>A sentence of a rule and what becomes of it; the same where nothing is wrong.</summary>
internal readonly record struct Example(string Before, string After);
