using Microsoft.Extensions.AI;
using Parley.Asr;

namespace Parley.Replies;

/// <summary>
/// Rides along in a reply's stream: the answers offered for the next turn, and what the recogniser should expect.
/// A chat client that offers none never sends it.
/// </summary>
/// <param name="items">The offered answers, in the order to show them; may be empty to withdraw earlier ones.</param>
/// <param name="hints">What the recogniser is told for the next turn; null: the offered answers alone.</param>
public sealed class SuggestionsContent(IReadOnlyList<Suggestion> items, RecognitionHints? hints = null) : AIContent
{
    public IReadOnlyList<Suggestion> Items { get; } = items;

    public RecognitionHints Hints { get; } = hints ?? new RecognitionHints { Answers = [.. items.Select(i => i.Text)] };
}
