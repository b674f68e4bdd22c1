namespace Parley.Learning.Grammar.Ranking;

/// <summary>Words of which one may have been said for another.</summary>
/// <param name="Name">Its name, as of a rule.</param>
/// <param name="Type">The kind of the error after ERRANT.</param>
/// <param name="Level">The level of the CEFR at which it is taught.</param>
/// <param name="Margin">How much likelier, as a natural logarithm, the other word must be.</param>
/// <param name="IsWritten">Whether they sound alike, so that the difference is only one of writing.</param>
/// <param name="Why">What makes the difference, in simple English.</param>
/// <param name="WhyChinese">The same in Chinese.</param>
/// <param name="Words">The words; none where a generator of this name makes them.</param>
internal sealed record Choice(string Name, string Type, string Level, double Margin, bool IsWritten, string Why, string WhyChinese, IReadOnlyList<string> Words);
