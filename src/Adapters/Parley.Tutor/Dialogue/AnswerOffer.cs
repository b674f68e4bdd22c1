using Parley.Asr;
using Parley.Replies;
using Parley.Tutor.Matching;
using Parley.Tutor.Scripting;

namespace Parley.Tutor.Dialogue;

/// <summary>The answers offered at a node, with values in their slots. The same state always offers the same.</summary>
internal sealed class AnswerOffer(Scenario scenario, TutorState state, LearnerLevel level, Variation variation)
{
    private const int MostAnswers = 80;
    private static readonly string[] s_numbers = "one two three four five six seven eight nine ten twelve fifteen twenty thirty".Split(' ');

    private ScenarioNode Node => scenario.Nodes[state.Node];

    public IReadOnlyList<Suggestion> Suggestions => [.. Node.Answers.Select((_, i) => new Suggestion(IdOf(i), TextOf(i)))];

    /// <summary>The answer that was chosen by its id, with the values it showed; null if the id is not of this node.</summary>
    public AnswerMatch? Chosen(string? id)
    {
        for (var i = 0; i < Node.Answers.Count; i++)
        {
            if (IdOf(i) == id) { return Match(i); }
        }
        return null;
    }

    /// <summary>The first answer, which the tutor gives when the learner cannot.</summary>
    public AnswerMatch Example => Match(0);

    public SuggestionsContent ToContent() => new(Suggestions, new RecognitionHints { Answers = Expected(), Phrases = Phrases(), Sentences = ScenarioSentences.Of(scenario) });

    public string TextOf(int answer) =>
        ScenarioTemplate.Fill(level.Choose(Node.Answers[answer].Say), slot => SlotReader.Spoken(ValueOf(slot, answer)));

    private string IdOf(int answer) => $"{state.Node}.{answer + 1}";

    private AnswerMatch Match(int answer)
    {
        var slots = ScenarioTemplate.SlotsOf(level.Choose(Node.Answers[answer].Say)).ToDictionary(s => s, s => SlotReader.Spoken(ValueOf(s, answer)));
        return new AnswerMatch(Node.Answers[answer], slots, 1);
    }

    private string ValueOf(string slot, int answer) =>
        state.Slots.TryGetValue(slot, out var known) ? known : variation.Pick(scenario.Slots[slot].Values, $"{state.Node}.{answer}.{slot}");

    // What is shown first, then what anybody may say, then all other wordings as far as they fit.
    private List<string> Expected()
    {
        var lines = Suggestions.Select(s => s.Text).Concat(StockLines.Anytime).Concat(Node.Answers.SelectMany(a => a.Say).SelectMany(say => ScenarioSentences.Expand(scenario, say)));
        return [.. lines.DistinctBy(SpokenText.Normalize).Take(MostAnswers)];
    }

    private List<string> Phrases()
    {
        var slots = Node.Answers.SelectMany(a => a.Say).SelectMany(ScenarioTemplate.SlotsOf).Distinct().Select(s => scenario.Slots[s]).ToList();
        var phrases = slots.SelectMany(s => s.Values).SelectMany(v => v.Split('|')).Select(v => v.Trim());
        if (slots.Any(s => s.Kind is SlotKind.Number or SlotKind.Time)) { phrases = phrases.Concat(s_numbers); }
        return [.. phrases.Concat(scenario.Vocabulary.Keys).Distinct(StringComparer.OrdinalIgnoreCase)];
    }
}
