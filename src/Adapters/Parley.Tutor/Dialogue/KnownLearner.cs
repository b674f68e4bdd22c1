namespace Parley.Tutor.Dialogue;

/// <summary>What the tutor remembers of a learner when a conversation begins.</summary>
/// <param name="Name">What they are called; null: they did not say.</param>
/// <param name="Told">A sentence in which they told something of themselves; null: there is none.</param>
/// <param name="Practise">A sentence that they are to say again; null: there is none.</param>
internal sealed record KnownLearner(string? Name, string? Told, string? Practise);
