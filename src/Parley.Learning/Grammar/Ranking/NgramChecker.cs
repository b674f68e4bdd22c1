using Parley.Learning.Grammar.Words;

namespace Parley.Learning.Grammar.Ranking;

/// <summary>Changes words where the sentence becomes likelier by more than a margin.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class NgramChecker(Tagger tagger, PhraseScorer scorer)
{
    private const int MaxChanges = 6;

    public void Correct(Sentence sentence, bool spoken)
    {
        for (var changes = 0; changes < MaxChanges; changes++)
        {
            var words = tagger.Tag(sentence.Tokens);
            Proposal? best = null;
            var most = 0.0;
            foreach (var proposal in Proposals.For(words, scorer))
            {
                if (spoken && proposal.Choice.IsWritten) { continue; }
                var gain = scorer.Gain(sentence.Tokens, proposal.Start, proposal.End, proposal.Texts) - proposal.Choice.Margin;
                if (gain > most) { (best, most) = (proposal, gain); }
            }
            if (best is not { } found) { return; }
            var choice = found.Choice;
            if (!sentence.Replace(found.Start, found.End, found.Texts, new Change(choice.Name, choice.Type, choice.Level, choice.Why, choice.WhyChinese))) { return; }
        }
    }
}
