using Parley.Diagnostics;
using Parley.Lexicon;
using Parley.PocketSphinx.Asr;
using Parley.PocketSphinx.Lexicon;

namespace Parley.Engines.Tests.PocketSphinx;

public sealed class TrigramModelTests
{
    private static readonly Lazy<INgramModel?> s_model = new(() => TrigramEngine.Registration() is var r && r.Probe().Available ? r.Create() : null);

    private static INgramModel Model
    {
        get
        {
            Assert.SkipWhen(s_model.Value is null, "pocketsphinx-en-us is not installed.");
            return s_model.Value;
        }
    }

    // What ngram_tg_score of libsphinxbase gives for the same words, to the base of 1.0001.
    [Theory]
    [InlineData("i am going", -38_119)]
    [InlineData("he goes to", -15_895)]
    [InlineData("a apple is", -32_895)]
    [InlineData("there is many", -75_569)]
    [InlineData("there are many", -33_007)]
    [InlineData("xylophone zucker the", -32_945)]
    [InlineData("<s> i am", -34_234)]
    public void Score_Trigram_IsTheLibrarys(string words, int expected)
    {
        var ids = words.Split(' ').Select(Model.Find).ToArray();
        Assert.InRange(Model.Score(ids[2], ids[1], ids[0]) / Math.Log(1.0001), expected - 1, expected + 1);
    }

    [Fact]
    public void Score_AllWordsAfterTwo_SumToOne()
    {
        var (of, the) = (Model.Find("of"), Model.Find("the"));
        var sum = Enumerable.Range(0, 72_547).Where(w => w != Model.SentenceBegin).Sum(w => Math.Exp(Model.Score(w, the, of)));
        Assert.InRange(sum, 0.97, 1.03);
    }

    [Fact]
    public void Find_WordThatItLacks_IsNegativeAndUnlikely()
    {
        Assert.True(Model.Find("qwxyz") < 0);
        Assert.True(Model.Score(-1, Model.Find("the"), -1) < Model.Score(Model.Find("zucker"), Model.Find("the"), -1));
    }

    [Fact]
    public void Create_NoModelFile_IsRefused()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(path, "Trie Language Model\u0003 and then nothing of the kind");
        try
        {
            Assert.Throws<VoiceException>(() => new TrigramModel(path));
        }
        finally
        {
            File.Delete(path);
        }
        Assert.False(TrigramEngine.Registration(new PocketSphinxOptions { ModelPath = "/no/such/folder" }).Probe().Available);
    }
}
