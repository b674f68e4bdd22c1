using Parley.Alignment;
using Parley.Diagnostics;
using Parley.Learning.Pronunciation.Stress;

namespace Parley.Learning.Tests.Pronunciation.Stress;

public sealed class StressLexiconTests : IDisposable
{
    private const string Dictionary = """
        /** words */
        export const dictionary = {
          "banana": "B AH0 N AE1 N AH0",
          "cat": "K AE1 T",
          "don't": "D OW1 N T",
          "into": "IH2 N T UW1",
          "into(2)": "IH1 N T UW0",
          "o'clock": "AH0 K L AA1 K",
          "record": "R AH0 K AO1 R D",
          "record(2)": "R EH1 K ER0 D",
          "thirteen": "TH ER1 T IY1 N"
        }
        """;

    private readonly string _path = Path.GetTempFileName();

    public StressLexiconTests() => File.WriteAllText(_path, Dictionary);

    [Theory]
    [InlineData("banana", "B AH N AE N AH", 1)]
    [InlineData("“Banana,”", "B AH N AE N AH", 1)]
    [InlineData("o’clock.", "AH K L AA K", 1)]
    [InlineData("record", "R AH K AO R D", 1)]
    [InlineData("record", "R EH K ER D", 0)]
    public void MainStress_KnownWord_IsItsOwn(string word, string phones, int stressed) => Assert.Equal(stressed, Lexicon().MainStress(word, Places(phones)));

    // One syllable; unknown; said either way; two of them; as many syllables as no variant.
    [Theory]
    [InlineData("cat", "K AE T")]
    [InlineData("zyzzyva", "Z IH Z IH V AH")]
    [InlineData("record", "R IH K ER D")]
    [InlineData("into", "IH N T AH")]
    [InlineData("thirteen", "TH ER T IY N")]
    [InlineData("banana", "B N AE N AH")]
    [InlineData("7:30", "S EH V AH N TH ER T IY")]
    public void MainStress_WordThatHasNone_IsNone(string word, string phones) => Assert.Null(Lexicon().MainStress(word, Places(phones)));

    [Fact]
    public void Load_NoSuchFileOrNoWords_SaysSo()
    {
        Assert.Contains("cannot be read", Assert.Throws<VoiceException>(() => StressLexicon.Load("/nowhere/index.js")).Message, StringComparison.Ordinal);
        File.WriteAllText(_path, "export const dictionary = {}");
        Assert.Contains("no words", Assert.Throws<VoiceException>(() => StressLexicon.Load(_path)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_path);

    private StressLexicon Lexicon() => StressLexicon.Load(_path);

    private static int[] Places(string phones) => [.. phones.Split(' ').Select(Phones.IndexOf)];
}
