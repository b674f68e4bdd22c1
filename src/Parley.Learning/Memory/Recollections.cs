using System.Text;
using Parley.Learning.Facts;

namespace Parley.Learning.Memory;

/// <summary>What comes to mind of a learner when they have said something.</summary>
/// <param name="Practise">Sentences to say again, as they are right, the one that is due longest first.</param>
/// <param name="Habit">What they often get wrong, as a rule's name; null where nothing stands out.</param>
/// <param name="Memories">What was said before that has to do with it, the nearest first.</param>
/// <param name="Facts">What they said of themselves, what says most of them first.</param>
public sealed record Recollections(IReadOnlyList<string> Practise, string? Habit, IReadOnlyList<string> Memories, IReadOnlyList<LearnerFact> Facts)
{
    /// <summary>Nothing.</summary>
    public static Recollections None { get; } = new([], null, [], []);

    public bool IsEmpty => Practise.Count == 0 && Habit is null && Memories.Count == 0 && Facts.Count == 0;

    /// <summary>For a language model's prompt.</summary>
    public string ToPrompt()
    {
        var text = new StringBuilder("What you know of the learner from before, to be used where it fits and never recited:");
        foreach (var fact in Facts)
        {
            _ = fact.Kind == FactKind.Name ? text.Append("\n- Their name is ").Append(fact.Value).Append('.') : text.Append("\n- They told you: ").Append(fact.Sentence);
        }
        foreach (var memory in Memories) { text.Append("\n- You talked of this, your words first: ").Append(memory.ReplaceLineEndings(" / ")); }
        if (Habit is not null) { text.Append("\n- They often get this wrong: ").Append(Habit); }
        foreach (var sentence in Practise) { text.Append("\n- They got this wrong before and are to practise it; bring them to say it: ").Append(sentence); }
        return text.ToString();
    }
}
