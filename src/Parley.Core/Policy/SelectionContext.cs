namespace Parley.Policy;

/// <summary>Whose engines are to be chosen.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="LearnerId">Who speaks; null: nobody said.</param>
/// <param name="Previous">Of a session that is resumed: the engines by stage that served it last; null: it is new.</param>
public sealed record SelectionContext(string SessionId, string? LearnerId = null, IReadOnlyDictionary<string, string>? Previous = null)
{
    /// <summary>Who draws the lots of canaries: the learner, so that they meet the same engine every time; else the session.</summary>
    public string Subject => LearnerId ?? SessionId;
}
