using Parley.Learning.Grammar.Ranking;
using Parley.Learning.Grammar.Rules;
using Parley.Learning.Grammar.Spelling;
using Parley.Learning.Grammar.Words;
using Parley.Lexicon;
using Parley.Spelling;

namespace Parley.Learning.Grammar;

/// <summary>Corrects what learners write and say, without any server: spelling, then rules, then what a model of word sequences finds likelier by a margin.</summary>
/// <remarks>Thread-safe. Without a speller the spelling stays, and without a model of sequences only rules are applied.</remarks>
public sealed class Corrector
{
    private readonly SpellingChecker? _spelling;
    private readonly RuleChecker _rules;
    private readonly NgramChecker? _ngrams;

    public Corrector(IWordClasses lexicon, ISpeller? speller, INgramModel? model)
    {
        var analyzer = new WordAnalyzer(lexicon);
        var tagger = new Tagger(analyzer);
        var scorer = model is null ? null : new PhraseScorer(model);
        _spelling = speller is null ? null : new SpellingChecker(speller, lexicon, new SpellingCandidates(speller, model), scorer);
        _rules = new RuleChecker(tagger, RuleBook.All);
        _ngrams = scorer is null ? null : new NgramChecker(tagger, scorer);
    }

    /// <summary>Corrects a text of any length; each sentence by itself.</summary>
    public Correction Correct(CorrectionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (text, at, corrected, edits) = (request.Text, 0, new System.Text.StringBuilder(), new List<Edit>());
        foreach (var tokens in SentenceCutter.Cut(Doubts.Mark(Tokenizer.Tokenize(text), request)))
        {
            var sentence = new Sentence(tokens, at);
            at = sentence.End;
            Correct(sentence, request.IsSpoken);
            corrected.Append(sentence.Text());
            edits.AddRange(EditBuilder.Edits(sentence, text));
        }
        return new Correction(text, corrected.Append(text[at..]).ToString(), edits);
    }

    private void Correct(Sentence sentence, bool spoken)
    {
        if (!sentence.Tokens.Any(t => t.IsWord)) { return; }
        if (!spoken) { _spelling?.Correct(sentence); }
        _rules.Correct(sentence, spoken);
        _ngrams?.Correct(sentence, spoken);
        if (!spoken) { WrittenForm.Correct(sentence); }
    }
}
