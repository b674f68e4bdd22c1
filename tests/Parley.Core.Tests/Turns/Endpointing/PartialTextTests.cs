using Parley.Turns.Endpointing;

namespace Parley.Core.Tests.Turns.Endpointing;

public sealed class PartialTextTests
{
    [Theory]
    [InlineData("", 0, WordKind.Content)]
    [InlineData("  I   saw the ", 3, WordKind.Determiner)]
    [InlineData("I saw, and", 3, WordKind.Conjunction)]
    [InlineData("I wonder if", 3, WordKind.Subordinator)]
    [InlineData("a cup of", 3, WordKind.Preposition)]
    [InlineData("well I'm", 2, WordKind.Auxiliary)]
    [InlineData("then they", 2, WordKind.Subject)]
    [InlineData("I saw, um…", 3, WordKind.Filler)]
    [InlineData("a red car.", 3, WordKind.Content)]
    public void Read_Text_CountsWordsAndFindsTheEnding(string text, int words, WordKind ending)
    {
        var read = PartialText.Read(text);

        Assert.Equal((words, ending), (read.WordCount, read.Ending));
    }

    [Theory]
    [InlineData("yes", true)]
    [InlineData("No thanks!", true)]
    [InlineData("um, no", true)]
    [InlineData("yes I can", true)]
    [InlineData("no it isn't", true)]
    [InlineData("um", false)]
    [InlineData("yes I can see", false)]
    [InlineData("yes and", false)]
    [InlineData("", false)]
    public void Read_ShortAnswer_IsKnown(string text, bool expected) => Assert.Equal(expected, PartialText.Read(text).IsShortAnswer);

    [Theory]
    [InlineData("what is that", true)]
    [InlineData("do you know", true)]
    [InlineData("I do you know", false)]
    [InlineData("what", false)]
    public void Read_Question_IsKnown(string text, bool expected) => Assert.Equal(expected, PartialText.Read(text).IsQuestion);

    [Theory]
    [InlineData("um uh", true)]
    [InlineData("um I", false)]
    [InlineData("", false)]
    public void Read_OnlyFillers_IsKnown(string text, bool expected) => Assert.Equal(expected, PartialText.Read(text).OnlyFillers);

    [Theory]
    [InlineData("when it rains", true)]
    [InlineData("when it rains we stay inside", false)]
    [InlineData("because it rains", false)]
    public void Read_OpenClause_IsKnown(string text, bool expected) => Assert.Equal(expected, PartialText.Read(text).IsOpenClause);

    [Theory]
    [InlineData("So it is.", true)]
    [InlineData("Is it? ", true)]
    [InlineData("so it is,", false)]
    public void Read_ClosingMark_IsKnown(string text, bool expected) => Assert.Equal(expected, PartialText.Read(text).IsClosed);
}
