using Parley.Tts;

namespace Parley.Core.Tests.Tts;

public sealed class TextPiecesTests
{
    [Theory]
    [InlineData("", 10)]
    [InlineData("Short.", 10)]
    [InlineData("One two. Three four. Five.", 12)]
    [InlineData("abcdefghijklmnopqrstuvwxyz", 5)]
    [InlineData("🙂🙂🙂🙂🙂🙂", 3)]
    public void Split_AnyText_CoversItInBoundedPieces(string text, int max)
    {
        var pieces = TextPieces.Split(text, max).Select(r => text[r]).ToList();
        Assert.Equal(text, string.Concat(pieces));
        Assert.All(pieces, p => Assert.InRange(p.Length, 1, max));
        Assert.DoesNotContain(pieces, p => char.IsLowSurrogate(p[0]));
    }

    [Fact]
    public void Split_SeveralSentences_CutsBetweenThem() =>
        Assert.Equal(["One two.", " Three four.", " Five."], TextPieces.Split("One two. Three four. Five.", 13).Select(r => "One two. Three four. Five."[r]));
}
