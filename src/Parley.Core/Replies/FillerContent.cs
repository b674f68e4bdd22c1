using Microsoft.Extensions.AI;

namespace Parley.Replies;

/// <summary>
/// Rides along in a reply's stream: words that bridge a wait. They are spoken at once and belong to what was heard, but they are not the
/// model's and not part of the stream's text.
/// </summary>
/// <param name="text">A short sentence.</param>
public sealed class FillerContent(string text) : AIContent
{
    public string Text { get; } = text;
}
