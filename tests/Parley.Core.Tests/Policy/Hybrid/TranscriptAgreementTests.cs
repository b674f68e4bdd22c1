using Parley.Policy.Hybrid;

namespace Parley.Core.Tests.Policy.Hybrid;

public sealed class TranscriptAgreementTests
{
    [Theory]
    [InlineData("can i have a coffee", "Can I have a coffee?", true)]
    [InlineData("i'm um from poland", "I am from Poland.", true)]
    [InlineData("i can't come", "I cannot come.", true)]
    [InlineData("i don't like it", "I don’t like it.", true)]
    [InlineData("two coffees please", "2 coffees, please.", true)]
    [InlineData("the station", "station", true)]
    [InlineData("i like tea", "I like the sea.", false)]
    [InlineData("i can come", "I can't come.", false)]
    [InlineData("two coffees", "Ten coffees", false)]
    [InlineData("", "Hello", false)]
    public void Holds_English_OnlyLettersMayDiffer(string heard, string refined, bool agrees) =>
        Assert.Equal(agrees, TranscriptAgreement.Holds(heard, refined, "en-GB"));

    [Theory]
    [InlineData("das ist gut", "Das ist gut!", true)]
    [InlineData("an der bar", "der Bar", false)]
    [InlineData("你好 吗", "你好 吗？", true)]
    public void Holds_AnotherLanguage_OnlyCaseAndPunctuationMayDiffer(string heard, string refined, bool agrees) =>
        Assert.Equal(agrees, TranscriptAgreement.Holds(heard, refined, "de"));
}
