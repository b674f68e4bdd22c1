namespace Parley.Learning.Grammar.Words;

/// <summary>One thing that a word may be.</summary>
/// <param name="Tag">The part it would play.</param>
/// <param name="Base">Its base form.</param>
/// <param name="Weight">The logarithm of how common that is, from 0 down.</param>
internal readonly record struct Reading(Tag Tag, string Base, double Weight);
