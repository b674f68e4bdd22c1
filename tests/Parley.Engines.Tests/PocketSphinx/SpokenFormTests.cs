using Parley.PocketSphinx.Asr;

namespace Parley.Engines.Tests.PocketSphinx;

public sealed class SpokenFormTests
{
    [Theory]
    [InlineData("It’s $5, at 7:30!", "it's five dollars at seven thirty")]
    [InlineData("A well-known café; 1st of May", "a well known cafe first of may")]
    [InlineData("21 people & 3.5%", "twenty one people and three point five percent")]
    [InlineData("In 1999, 1,250 and 10000", "in nineteen ninety nine twelve fifty and ten thousand")]
    [InlineData("It's ten o'clock", "it's ten o'clock")]
    [InlineData("'Yes' – $1 … 007", "yes one dollar zero zero seven")]
    [InlineData("30th 12th 101", "thirtieth twelfth one hundred one")]
    [InlineData("— … 日本", "")]
    public void Words_WrittenText_GivesWhatIsSaid(string written, string spoken) => Assert.Equal(spoken, string.Join(' ', SpokenForm.Words(written)));

    [Theory]
    [InlineData("zhang", "ZH AE NG")]
    [InlineData("brike", "B R AY K")]
    [InlineData("shoon", "SH UW N")]
    [InlineData("a", "AE")]
    [InlineData("'", "AH")]
    public void Pronounce_UnknownWord_GivesPhones(string word, string phones) => Assert.Equal(phones, Parley.Tts.LetterToSound.Pronounce(word));
}
