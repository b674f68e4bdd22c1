using Parley.Replies.Tools;
using Parley.WordNet.Tools;

namespace Parley.Engines.Tests.WordNet;

public sealed class WordNetDictionaryTests : IDisposable
{
    private readonly WordNetDictionary? _dictionary =
        WordNetEngine.Registration().Probe().Available ? new WordNetDictionary(new WordNetOptions().Folder) : null;

    public void Dispose() => _dictionary?.Dispose();

    private IReadOnlyList<WordSense> LookUp(string word)
    {
        Assert.SkipWhen(_dictionary is null, "wordnet-base is not installed.");
        return _dictionary.LookUp(word);
    }

    [Fact]
    public void LookUp_Noun_HasItsDefinition() => Assert.Equal(
        [new WordSense("serendipity", "noun", "good luck in making unexpected and fortunate discoveries", null)], LookUp("Serendipity?"));

    [Theory]
    [InlineData("a", "noun")]
    [InlineData("aardvark", "noun")]
    [InlineData("zymurgy", "noun")]
    [InlineData("zoom", "verb")]
    [InlineData("'hood", "noun")]
    [InlineData("zygotic", "adjective")]
    [InlineData("abaxially", "adverb")]
    [InlineData("yonder", "adverb")]
    public void LookUp_AtTheEdgesOfTheFiles_IsFound(string word, string partOfSpeech) =>
        Assert.Contains(LookUp(word), s => s.PartOfSpeech == partOfSpeech && s.Definition.Length > 0);

    [Theory]
    [InlineData("ran", "run", "verb")]
    [InlineData("geese", "goose", "noun")]
    [InlineData("cities", "city", "noun")]
    [InlineData("boxes", "box", "noun")]
    [InlineData("making", "make", "verb")]
    [InlineData("hopped", "hop", "verb")]
    [InlineData("happier", "happy", "adjective")]
    [InlineData("better", "good", "adjective")]
    [InlineData("best", "well", "adverb")]
    public void LookUp_InflectedForm_FindsTheBase(string form, string lemma, string partOfSpeech) =>
        Assert.Contains(LookUp(form), s => s.Word == lemma && s.PartOfSpeech == partOfSpeech);

    [Theory]
    [InlineData("give up", "give up")]
    [InlineData("giving up", "give up")]
    [InlineData("  Ice   cream ", "ice cream")]
    [InlineData("well being", "well-being")]
    [InlineData("“mother-in-law”", "mother-in-law")]
    [InlineData("Paris", "Paris")]
    public void LookUp_PhraseOrName_IsFoundAsItIsWritten(string text, string word) => Assert.Equal(word, LookUp(text)[0].Word);

    [Fact]
    public void LookUp_ManyMeanings_BeginsWithTheMostCommonAndStops()
    {
        var senses = LookUp("run");
        Assert.Equal("verb", senses[0].PartOfSpeech);
        Assert.Contains("move fast", senses[0].Definition, StringComparison.Ordinal);
        Assert.Contains("run", senses[0].Example, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(senses, s => s.PartOfSpeech == "noun");
        Assert.InRange(senses.Count, 4, 10);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("qwxyz")]
    [InlineData("the licensee")]
    [InlineData("1 This")]
    [InlineData("日本")]
    public void LookUp_NoWord_FindsNothing(string text) => Assert.Empty(LookUp(text));

    [Fact]
    public void LookUp_ManyAtOnce_AllGetTheirOwn()
    {
        Assert.SkipWhen(_dictionary is null, "wordnet-base is not installed.");
        string[] words = ["dog", "cat", "house", "tree"];
        Parallel.For(0, 200, i => Assert.Equal(words[i % words.Length], _dictionary.LookUp(words[i % words.Length])[0].Word));
    }

    [Fact]
    public void Probe_FolderIsMissing_NamesThePackage()
    {
        var status = WordNetEngine.Registration(new WordNetOptions { Folder = "/no/such/folder" }).Probe();
        Assert.False(status.Available);
        Assert.Equal("apt-get install wordnet-base", status.Remedy);
    }

    [Theory]
    [InlineData("")]
    [InlineData("dog n")]
    [InlineData("dog n 1 -1 1 1 02084071")]
    [InlineData("dog n 7 1 @ 7 1 02084071")]
    [InlineData("dog n 1 1 @ 1 1 x")]
    public void Parse_DamagedIndexLine_GivesNothing(string line) => Assert.Null(IndexEntry.Parse(line));

    [Theory]
    [InlineData("")]
    [InlineData("no bar here at all, only words")]
    [InlineData("02084071 05 n zz dog 0 | a dog")]
    [InlineData("02084071 05 n 09 dog 0 | a dog")]
    public void Parse_DamagedDataLine_GivesNothing(string line) => Assert.Null(Synset.Parse(line, "dog", "noun"));
}
