using Parley.Learning.Grammar.Words;

namespace Parley.Learning.Grammar.Ranking;

/// <summary>What may be meant instead, place by place; the more the words around say that something is wrong, the smaller the margin of its choice.</summary>
internal static class Proposals
{
    private const Tag Verbs = Tag.VB | Tag.VBP | Tag.VBZ | Tag.VBD | Tag.VBN | Tag.VBG;

    private static readonly ILookup<string, (Choice Choice, string Other)> s_swaps =
        (from choice in ChoiceBook.All.Values from word in choice.Words from other in choice.Words where other != word select (word, (choice, other))).ToLookup(p => p.word, p => p.Item2);

    public static IEnumerable<Proposal> For(TaggedWord[] words, PhraseScorer scorer)
    {
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            if (!word.Token.IsWord || word.Token.IsFixed || word.Is(Tag.NNP) || word.Token.Change is not null) { continue; }
            foreach (var (choice, other) in s_swaps[word.Norm])
            {
                if (scorer.Knows(other)) { yield return new Proposal(i, i + 1, [other], choice); }
            }
            foreach (var proposal in BareNoun(words, i).Concat(ArticleBeforePlural(words, i)).Concat(Agreement(words, i)).Concat(AfterBe(words, i)).Concat(Forms(words, i))) { yield return proposal; }
        }
    }

    private static Choice Of(string name) => ChoiceBook.All[name];

    /// <summary>One thing without an article, where nothing else says which one: <c>he bought car</c>.</summary>
    private static IEnumerable<Proposal> BareNoun(TaggedWord[] words, int i)
    {
        if (!words[i].Is(Tag.NN | Tag.JJ) || i == 0 || !words[i - 1].Is(Verbs | Tag.IN) || words[i - 1].Norm is "as" or "than" or "by" or "per") { yield break; }
        var head = i;
        while (head < words.Length && words[head].Is(Tag.JJ)) { head++; }
        if (head >= words.Length || !words[head].Is(Tag.NN) || WordAnalyzer.IsClosed(words[head].Norm) || words[head].CanBe(Tag.NNS | Tag.VBG | Tag.JJ)
            || (head + 1 < words.Length && words[head + 1].Is(Tag.NN | Tag.NNS | Tag.NNP | Tag.JJ | Tag.CD | Tag.POS | Tag.VBG))) { yield break; }
        yield return new Proposal(i, i, ["a"], Of("bare-noun"));
        yield return new Proposal(i, i, ["the"], Of("bare-noun"));
        yield return new Proposal(head, head + 1, [Inflector.Plural(words[head].Base)], Of("bare-noun"));
    }

    /// <summary><c>a reasons</c>.</summary>
    private static IEnumerable<Proposal> ArticleBeforePlural(TaggedWord[] words, int i)
    {
        if (words[i].Norm is not ("a" or "an") || i + 1 >= words.Length) { yield break; }
        var head = i + 1;
        while (head < words.Length && head < i + 3 && words[head].Is(Tag.JJ)) { head++; }
        if (head >= words.Length || !words[head].Is(Tag.NNS) || words[head].CanBe(Tag.NN | Tag.VBZ) || !words[head].Norm.EndsWith('s') || words[head].Base == words[head].Norm
            || words[i + 1].Norm is "few" or "many" or "little" or "great" or "good" || (head + 1 < words.Length && words[head + 1].Is(Tag.NN | Tag.NNS | Tag.POS))) { yield break; }
        yield return new Proposal(i, i + 1, [], Of("article-plural"));
        yield return new Proposal(head, head + 1, [words[head].Base], Of("article-plural"));
    }

    /// <summary>A subject of a noun and the verb after it: <c>the lectures says</c>.</summary>
    private static IEnumerable<Proposal> Agreement(TaggedWord[] words, int i)
    {
        var verb = words[i];
        // "things that is": the relative pronoun is as many as the noun before it.
        var noun = i > 1 && words[i - 1].Norm is "which" or "who" or "that" ? i - 2 : i - 1;
        if (noun < 0 || !words[noun].Is(Tag.NN | Tag.NNS) || !(verb.Is(Tag.VBZ | Tag.VBP | Tag.VB) || verb.Norm is "was" or "were") || verb.CanBe(Tag.VBN) || (verb.CanBe(Tag.VBD) && verb.Norm is not ("was" or "were"))) { yield break; }
        var isPlural = words[noun].Is(Tag.NNS);
        if (Inflector.Plural(words[noun].Base) == words[noun].Base || (noun == i - 1 && !StandsAlone(words, noun)) || (words[noun].CanBe(Tag.NN) && words[noun].CanBe(Tag.NNS)) || (noun < i - 1 && IsOneOf(words, noun))) { yield break; }
        var lemma = verb.BaseAs(Verbs);
        var form = (lemma, isPlural) switch
        {
            ("be", true) => verb.Norm switch { "was" => "were", "is" => "are", _ => verb.Norm },
            ("be", false) => verb.Norm switch { "were" => "was", "are" => "is", _ => verb.Norm },
            ("have", true) => "have",
            (_, true) => lemma,
            _ => Inflector.Third(lemma),
        };
        if (form != verb.Norm && verb.Norm[0] != '\'') { yield return new Proposal(i, i + 1, [form], Of("agreement")); }
    }

    /// <summary>Whether the noun is the head of a phrase that begins a clause, so that it must be the subject of what follows.</summary>
    private static bool StandsAlone(TaggedWord[] words, int noun)
    {
        var at = noun;
        while (at > 0 && words[at - 1].Is(Tag.JJ | Tag.DT | Tag.PRPS | Tag.CD | Tag.NN | Tag.JJR | Tag.JJS)) { at--; }
        return at == 0 || words[at - 1].Norm is "." or "that" or "because" or "if" or "when" or "but" or "although" or "so" or "while" or "think" or "says" or "say" or "whether"
            || (words[at - 1].Norm == "," && at - 1 <= 4);
    }

    /// <summary>Whether what follows may speak of a noun further before: <c>one of the things that is</c>.</summary>
    private static bool IsOneOf(TaggedWord[] words, int noun)
    {
        var at = noun;
        while (at > 0 && words[at - 1].Is(Tag.JJ | Tag.DT | Tag.PRPS | Tag.CD | Tag.NN | Tag.JJR | Tag.JJS)) { at--; }
        return at > 0 && words[at - 1].Is(Tag.IN | Tag.CC | Tag.TO);
    }

    /// <summary><c>it is generate</c>.</summary>
    private static IEnumerable<Proposal> AfterBe(TaggedWord[] words, int i)
    {
        if (i == 0 || !words[i - 1].CanBe(Verbs) || words[i - 1].BaseAs(Verbs) != "be" || words[i - 1].Norm is "'s" || !words[i].CanBe(Tag.VB) || words[i].CanBe(Tag.VBN | Tag.NN | Tag.JJ | Tag.RB | Tag.IN | Tag.NNS)
            || WordAnalyzer.IsClosed(words[i].Norm)) { yield break; }
        var lemma = words[i].BaseAs(Tag.VB);
        yield return new Proposal(i, i + 1, [Inflector.Participle(lemma)], Of("be-verb"));
        yield return new Proposal(i, i + 1, [Inflector.Gerund(lemma)], Of("be-verb"));
    }

    private static IEnumerable<Proposal> Forms(TaggedWord[] words, int i)
    {
        if (!words[i].Is(Verbs) || WordAnalyzer.IsClosed(words[i].Norm)) { yield break; }
        var lemma = words[i].BaseAs(Verbs);
        foreach (var tag in new[] { Tag.VB, Tag.VBZ, Tag.VBD, Tag.VBN, Tag.VBG })
        {
            var form = Inflector.Inflect(lemma, tag);
            if (form != words[i].Norm) { yield return new Proposal(i, i + 1, [form], Of("verb-form")); }
        }
    }
}
