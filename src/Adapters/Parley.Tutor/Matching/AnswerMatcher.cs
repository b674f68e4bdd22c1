using Parley.Replies;
using Parley.Tutor.Scripting;

namespace Parley.Tutor.Matching;

/// <summary>Decides which answer of a node the learner gave, if any.</summary>
internal static class AnswerMatcher
{
    /// <summary>Below this nothing was meant; set so that half of an answer's telling words are enough.</summary>
    public const double Threshold = 0.55;

    private static readonly string[] s_negations = ["don't", "not", "never", "can't", "cannot", "won't", "didn't", "doesn't"];

    /// <param name="scenario">The scenario.</param>
    /// <param name="node">The node whose answers were offered.</param>
    /// <param name="heard">What was said, as it came.</param>
    /// <returns>The best match of at least <see cref="Threshold"/>, the first of equals; null if none reaches it.</returns>
    public static AnswerMatch? Match(Scenario scenario, ScenarioNode node, string heard)
    {
        var normalized = SpokenText.Normalize(heard);
        var words = normalized.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        AnswerMatch? best = null;
        foreach (var answer in node.Answers)
        {
            var match = Rate(scenario, answer, normalized, words);
            if (match.Score >= Threshold && match.Score > (best?.Score ?? 0)) { best = match; }
        }
        return best;
    }

    private static AnswerMatch Rate(Scenario scenario, ScenarioAnswer answer, string heard, string[] words)
    {
        foreach (var line in answer.Say)
        {
            if (SlotReader.ReadInPlace(scenario, line, heard) is { } values) { return new AnswerMatch(answer, values, 1); }
        }
        var names = answer.Say.SelectMany(ScenarioTemplate.SlotsOf).Distinct(StringComparer.Ordinal).ToList();
        var slots = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (SlotReader.ReadAnywhere(scenario.Slots[name], words) is { } value) { slots[name] = value; }
        }
        // A wording whose value was not heard says nothing: "I'd like it in purple" is not "I'd like it in {color}".
        var likeness = answer.Say.Where(line => ScenarioTemplate.SlotsOf(line).All(slots.ContainsKey))
            .Select(line => WordSimilarity.Of(words, SpokenText.Words(ScenarioTemplate.Fill(line, slot => slots[slot]))))
            .DefaultIfEmpty().Max();
        var score = Math.Max(likeness, Evidence(answer, words, names, slots) is var evidence and > 0 ? evidence + 0.3 * likeness : 0);
        // "I don't want coffee" holds all the words of "I want coffee".
        if (Negates(words) && !answer.Say.Any(line => Negates(SpokenText.Words(line)))) { score -= 0.35; }
        return new AnswerMatch(answer, slots, Math.Min(score, 0.99));
    }

    private static double Evidence(ScenarioAnswer answer, string[] words, List<string> names, Dictionary<string, string> slots)
    {
        var best = 0.0;
        if (answer.Keywords.Any(k => WordSimilarity.ContainsAll(words, SpokenText.Words(k)))) { best = 0.65; }
        if (names.Count > 0 && slots.Count == names.Count) { best = Math.Max(best, 0.6); }
        var text = string.Join(' ', words);
        var isMeant = answer.Means switch
        {
            "yes" => SpokenText.IsYes(text) || words.FirstOrDefault() is "yes" or "yeah" or "sure",
            "no" => SpokenText.IsNo(text) || words.FirstOrDefault() is "no" or "nope",
            _ => false,
        };
        return isMeant ? Math.Max(best, 0.6) : best;
    }

    private static bool Negates(IEnumerable<string> words) => words.Any(w => s_negations.Contains(w));
}
