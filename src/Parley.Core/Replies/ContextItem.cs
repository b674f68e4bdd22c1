namespace Parley.Replies;

/// <summary>Something that the user looks at: a slide, a page.</summary>
public sealed record ContextItem(string Id, string? Title, int? Page, string Text);
