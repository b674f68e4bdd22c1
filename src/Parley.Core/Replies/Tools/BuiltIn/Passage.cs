namespace Parley.Replies.Tools.BuiltIn;

/// <summary>A stretch of a text that the user looks at.</summary>
internal sealed record Passage(ContextItem Source, string Text);
