using Parley.Learning.Grammar.Words;

namespace Parley.Learning.Grammar.Rules;

/// <summary>Applies the rules to a sentence, one after the other, until none fits.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class RuleChecker(Tagger tagger, IReadOnlyList<Rule> rules)
{
    /// <summary>One rule is applied no more often to a sentence.</summary>
    private const int MaxTimes = 6;

    public void Correct(Sentence sentence, bool spoken)
    {
        var words = tagger.Tag(sentence.Tokens);
        foreach (var rule in rules)
        {
            if (rule.Medium == (spoken ? Medium.Written : Medium.Spoken)) { continue; }
            var (times, at) = (0, 0);
            while (at <= words.Length && times < MaxTimes)
            {
                if (rule.Pattern.Match(words, at) is { } places && Apply(sentence, rule, words, places))
                {
                    words = tagger.Tag(sentence.Tokens);
                    times++;
                }
                at++;
            }
        }
    }

    private static bool Apply(Sentence sentence, Rule rule, TaggedWord[] words, Range[] places)
    {
        var (start, end) = (places[0].Start.Value, places[^1].End.Value);
        return sentence.Replace(start, end, rule.Replacement.Make(words, places), new Change(rule.Name, rule.Type, rule.Level, rule.Why, rule.WhyChinese));
    }
}
