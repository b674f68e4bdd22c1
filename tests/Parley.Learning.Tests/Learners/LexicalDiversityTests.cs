using Parley.Learning.Learners;

namespace Parley.Learning.Tests.Learners;

public sealed class LexicalDiversityTests
{
    [Fact]
    public void Mtld_FewWords_SaysNothing() => Assert.Null(LexicalDiversity.Mtld([.. Enumerable.Range(0, 99).Select(i => $"w{i}")]));

    [Fact]
    public void Mtld_OneWordAgainAndAgain_IsTwo() => Assert.Equal(2, LexicalDiversity.Mtld([.. Enumerable.Repeat("ha", 200)])!.Value, 1e-9);

    [Fact]
    public void Mtld_EachWordOnce_IsAllOfThem() => Assert.Equal(150, LexicalDiversity.Mtld([.. Enumerable.Range(0, 150).Select(i => $"w{i}")])!.Value, 1e-9);

    // Forty words, again and again. After 56 words 40 are different: 0.714 is the first share that is not above 0.72. Three factors of 56 leave 32 words that differ.
    [Fact]
    public void Mtld_WordsInARound_IsTheLengthOfAFactor()
    {
        string[] words = [.. Enumerable.Range(0, 200).Select(i => $"w{i % 40}")];
        Assert.Equal(200.0 / 3, LexicalDiversity.Mtld(words)!.Value, 1e-9);
    }

    [Fact]
    public void Mtld_Capitals_AreTheSameWord() =>
        Assert.Equal(LexicalDiversity.Mtld([.. Enumerable.Repeat("go", 120)]), LexicalDiversity.Mtld([.. Enumerable.Range(0, 120).Select(i => i % 2 == 0 ? "Go" : "go")]));
}
