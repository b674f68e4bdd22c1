using Parley.Lexicon;
using Parley.WordNet.Lexicon;
using Parley.WordNet.Tools;

namespace Parley.Engines.Tests.WordNet;

public sealed class WordNetLexiconTests : IDisposable
{
    private readonly WordNetLexicon? _lexicon =
        WordNetLexiconEngine.Registration().Probe().Available ? new WordNetLexicon(new WordNetOptions().Folder) : null;

    public void Dispose() => _lexicon?.Dispose();

    private IReadOnlyList<WordReading> Read(string word)
    {
        Assert.SkipWhen(_lexicon is null, "wordnet-base is not installed.");
        return _lexicon.Read(word);
    }

    [Theory]
    [InlineData("went", WordClass.Verb, "go")]
    [InlineData("goed", WordClass.Verb, "go")]
    [InlineData("Children", WordClass.Noun, "child")]
    [InlineData("studies", WordClass.Noun, "study")]
    [InlineData("studies", WordClass.Verb, "study")]
    [InlineData("happier", WordClass.Adjective, "happy")]
    [InlineData("slowly", WordClass.Adverb, "slowly")]
    public void Read_Form_HasClassAndBase(string form, WordClass wordClass, string lemma) =>
        Assert.Contains(Read(form), r => r.Class == wordClass && r.Base == lemma);

    [Fact]
    public void Read_WordOfTwoClasses_CountsTellTheCommonOne()
    {
        var readings = Read("book");
        Assert.True(readings.Single(r => r.Class == WordClass.Noun).Count > readings.Single(r => r.Class == WordClass.Verb).Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("qwxyz")]
    [InlineData("日本")]
    [InlineData("two words")]
    public void Read_NoWord_HasNoReading(string word) => Assert.Empty(Read(word));
}
