using Parley.Replies.QuickReplies;

namespace Parley.Core.Tests.Replies.QuickReplies;

public sealed class OpenerTests
{
    [Theory]
    [InlineData("Sure,", "Sure, ")]
    [InlineData("sure", "Sure, ")]
    [InlineData("\"Of course!\"", "Of course! ")]
    [InlineData("Let me think…", "Let me think… ")]
    [InlineData("Good question.", "Good question, ")]
    [InlineData("Natürlich,", "Natürlich, ")]
    [InlineData("Bien sûr !", "Bien sûr! ")]
    [InlineData("好的，", "好的，")]
    [InlineData("让我想想", "让我想想，")]
    [InlineData("もちろん！", "もちろん！")]
    [InlineData("Sure, the capital of France is Paris.", "Sure, ")]
    [InlineData("Aha,", "Aha, ")]
    [InlineData("", null)]
    [InlineData("...", null)]
    [InlineData("Yes,", null)]
    [InlineData("No.", null)]
    [InlineData("是的，", null)]
    [InlineData("Sorry,", null)]
    [InlineData("42", null)]
    [InlineData("Really?", null)]
    [InlineData("The capital of France", null)]
    [InlineData("Paris, of course", null)]
    [InlineData("Antidisestablishmentarianism obviously", null)]
    [InlineData("这个问题的答案其实是非常简单的", null)]
    public void Of_WhatASmallModelSays_IsAnOpenerOrNothing(string said, string? opener) => Assert.Equal(opener, Opener.Of(said, isComplete: true));

    [Theory]
    [InlineData("Sure", "Sure, ")]
    [InlineData("Sure, I", "Sure, ")]
    [InlineData("好", null)]
    [InlineData("好的", "好的，")]
    [InlineData("Let me", null)]
    [InlineData("Aha,", null)]
    [InlineData("Yes,", null)]
    public void Early_SoFar_IsGivenWhenItIsCertain(string said, string? opener) => Assert.Equal(opener, Opener.Early(said));
}
