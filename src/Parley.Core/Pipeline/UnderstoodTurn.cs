namespace Parley.Pipeline;

/// <summary>A turn of the user, and what was said or typed in it.</summary>
/// <param name="Turn">The turn.</param>
/// <param name="Text">What the user said or typed in it.</param>
/// <param name="Confidence">The recogniser's; null where the text is certain.</param>
/// <param name="IsHeld">Whether it waits for the client to ask for its answer.</param>
internal readonly record struct UnderstoodTurn(Turn Turn, string Text, double? Confidence, bool IsHeld);
