namespace Parley.Samples.ChatClient;

/// <summary>An answer, and how long it took to its first text and to its end.</summary>
internal sealed record TimedAnswer(string Text, TimeSpan First, TimeSpan Total);
