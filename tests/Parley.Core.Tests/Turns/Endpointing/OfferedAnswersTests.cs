using Parley.Turns.Endpointing;

namespace Parley.Core.Tests.Turns.Endpointing;

public sealed class OfferedAnswersTests
{
    private static readonly string[] s_answers = ["A coffee, please.", "A coffee, please, and a piece of cake.", "I would like some tea."];

    [Theory]
    [InlineData("", AnswerMatch.None)]
    [InlineData("a hamburger", AnswerMatch.None)]
    [InlineData("i would", AnswerMatch.Begun)]
    [InlineData("I would like some", AnswerMatch.NearlyWhole)]
    [InlineData("i would like some tea", AnswerMatch.Whole)]
    [InlineData("i would like some tea now", AnswerMatch.None)]
    [InlineData("a coffee please", AnswerMatch.Begun)]
    [InlineData("a coffee please and a piece of cake", AnswerMatch.Whole)]
    public void Match_Partial_IsHowFarItHasCome(string partial, AnswerMatch expected) => Assert.Equal(expected, OfferedAnswers.Match(partial, s_answers));

    [Fact]
    public void Match_NothingOffered_IsNone() => Assert.Equal(AnswerMatch.None, OfferedAnswers.Match("yes", []));
}
