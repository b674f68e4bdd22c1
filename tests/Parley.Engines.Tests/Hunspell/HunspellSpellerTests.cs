using Parley.Diagnostics;
using Parley.Hunspell.Spelling;

namespace Parley.Engines.Tests.Hunspell;

public sealed class HunspellSpellerTests : IDisposable
{
    private readonly HunspellSpeller? _speller =
        HunspellEngine.Registration().Probe().Available ? new HunspellSpeller(new HunspellOptions().Dictionary) : null;

    private HunspellSpeller Speller
    {
        get
        {
            Assert.SkipWhen(_speller is null, "libhunspell-1.7-0 or hunspell-en-us is not installed.");
            return _speller;
        }
    }

    public void Dispose() => _speller?.Dispose();

    [Theory]
    [InlineData("because", true)]
    [InlineData("Because", true)]
    [InlineData("cities", true)]
    [InlineData("don't", true)]
    [InlineData("Paris", true)]
    [InlineData("paris", false)]
    [InlineData("becouse", false)]
    [InlineData("", false)]
    [InlineData("two words", false)]
    [InlineData("日本", false)]
    [InlineData("\0", false)]
    public void Knows_Word_IsTold(string word, bool known) => Assert.Equal(known, Speller.Knows(word));

    [Theory]
    [InlineData("becouse", "because")]
    [InlineData("tecnologies", "technologies")]
    [InlineData("Beacuse", "Because")]
    public void Suggest_Misspelling_HasTheWord(string word, string meant) => Assert.Contains(meant, Speller.Suggest(word));

    [Fact]
    public void Suggest_WordOfAThousandLetters_IsNotTried() => Assert.Empty(Speller.Suggest(new string('a', 1_000)));

    [Fact]
    public void Suggest_ManyAtOnce_AllGetTheirOwn()
    {
        var speller = Speller;
        Parallel.For(0, 40, i => Assert.Contains(i % 2 == 0 ? "friend" : "which", speller.Suggest(i % 2 == 0 ? "freind" : "wich")));
    }

    [Fact]
    public void Create_DictionaryIsMissing_IsToldWithThePackage()
    {
        var registration = HunspellEngine.Registration(new HunspellOptions { Dictionary = "/no/such/en_US" });
        Assert.Contains("hunspell-en-us", registration.Probe().Remedy, StringComparison.Ordinal);
        Assert.Throws<VoiceException>(registration.Create);
    }
}
