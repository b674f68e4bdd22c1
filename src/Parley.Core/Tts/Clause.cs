namespace Parley.Tts;

/// <summary>A stretch of a reply that is spoken in one go.</summary>
/// <param name="Text">The stretch exactly as it stands in the reply; the texts of all clauses make up the reply.</param>
/// <param name="Offset">Where the stretch begins, in characters of the reply.</param>
/// <param name="Spoken">What is said: without markup, emoji and thinking. Empty when nothing of it is speakable.</param>
public sealed record Clause(string Text, int Offset, string Spoken);
