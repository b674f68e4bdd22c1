using Parley.Hunspell.Spelling;
using Parley.Learning.Grammar;
using Parley.Lexicon;
using Parley.PocketSphinx.Lexicon;
using Parley.Spelling;
using Parley.WordNet.Lexicon;

namespace Parley.Learning.Tests.Grammar;

/// <summary>The words of English as they are installed here, loaded once.</summary>
internal static class Language
{
    private static readonly Lazy<IWordClasses?> s_words = new(() => WordNetLexiconEngine.Registration() is var r && r.Probe().Available ? r.Create() : null);

    private static readonly Lazy<ISpeller?> s_speller = new(() => HunspellEngine.Registration() is var r && r.Probe().Available ? r.Create() : null);

    private static readonly Lazy<INgramModel?> s_model = new(() => TrigramEngine.Registration() is var r && r.Probe().Available ? r.Create() : null);

    private static readonly Lazy<Corrector> s_full = new(() => new Corrector(s_words.Value!, s_speller.Value, s_model.Value));

    private static readonly Lazy<Corrector> s_rules = new(() => new Corrector(s_words.Value!, null, null));

    /// <summary>The model of word sequences.</summary>
    public static INgramModel Sequences
    {
        get
        {
            Assert.SkipWhen(s_model.Value is null, "pocketsphinx-en-us is not installed.");
            return s_model.Value;
        }
    }

    /// <summary>With everything.</summary>
    public static Corrector Full
    {
        get
        {
            Assert.SkipWhen(s_words.Value is null || s_speller.Value is null || s_model.Value is null, "wordnet-base, hunspell-en-us or pocketsphinx-en-us is not installed.");
            return s_full.Value;
        }
    }

    /// <summary>With rules alone.</summary>
    public static Corrector Rules
    {
        get
        {
            Assert.SkipWhen(s_words.Value is null, "wordnet-base is not installed.");
            return s_rules.Value;
        }
    }
}
