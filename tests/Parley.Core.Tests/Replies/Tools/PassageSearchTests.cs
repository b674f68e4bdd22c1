using Parley.Replies;
using Parley.Replies.Tools.BuiltIn;

namespace Parley.Core.Tests.Replies.Tools;

public sealed class PassageSearchTests
{
    private static ContextItem Page(int page, string text) => new($"p{page}", $"Page {page}", page, text);

    private static string Padding(int words) => string.Join(' ', Enumerable.Repeat("lorem", words));

    [Fact]
    public void Search_RareWord_FindsItsPassageFirst()
    {
        ContextItem[] pages =
            [Page(1, $"{Padding(300)} Whales sing. {Padding(300)}"), Page(2, $"{Padding(200)} Birds sing and birds fly. {Padding(200)}")];

        var found = PassageSearch.Find(pages, "Do whales sing?", 3);

        Assert.Equal(1, found[0].Source.Page);
        Assert.Contains("Whales sing.", found[0].Text, StringComparison.Ordinal);
        Assert.Contains(found, p => p.Source.Page == 2);
    }

    [Theory]
    [InlineData("cell", "cells")]
    [InlineData("Cells!", "cell")]
    [InlineData("café", "cafe")]
    public void Search_OtherFormOfTheWord_FindsIt(string query, string written) =>
        Assert.Single(PassageSearch.Find([Page(1, $"Some {written} here.")], query, 3));

    [Fact]
    public void Search_SentenceAcrossTwoPassages_IsWholeInOne()
    {
        var page = Page(1, $"{Padding(74)} the quick brown fox jumps over the lazy dog {Padding(74)}");
        var found = Assert.Single(PassageSearch.Find([page], "quick fox dog", 3));
        Assert.Contains("quick brown fox jumps over the lazy dog", found.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?!")]
    [InlineData("absent")]
    public void Search_NothingFits_FindsNothing(string query) => Assert.Empty(PassageSearch.Find([Page(1, "Some text."), Page(2, "")], query, 3));
}
