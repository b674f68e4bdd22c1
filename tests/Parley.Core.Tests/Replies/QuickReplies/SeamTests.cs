using Parley.Replies.QuickReplies;

namespace Parley.Core.Tests.Replies.QuickReplies;

public sealed class SeamTests
{
    public static TheoryData<string, string, string> Answers => new()
    {
        { "Sure, ", "Sure, here it is.", "here it is." },
        { "Sure, ", "SURE! Here it is.", "Here it is." },
        { "Sure, ", "Of course! Here it is.", "Here it is." },
        { "Sure, ", "Sure! Of course, here it is.", "here it is." },
        { "Sure, ", "\n Here it is.", "Here it is." },
        { "Sure, ", "Surely not.", "Surely not." },
        { "Sure, ", "Well done is better than well said.", "Well done is better than well said." },
        { "Sure, ", "No, that is not it.", "No, that is not it." },
        { "Sure, ", "Paris, of course.", "Paris, of course." },
        { "Sure, ", "So it goes.", "So it goes." },
        { "Sure, ", "Great! 2.5 is right.", "2.5 is right." },
        { "Let me think, ", "Let me think... It is 1912.", "It is 1912." },
        { "好的，", "好的，我来帮你。", "我来帮你。" },
        { "好的，", "好的！当然，我来。", "我来。" },
        { "好的，", "好的方法是多说。", "好的方法是多说。" },
        { "Klar, ", "Klar, das geht.", "das geht." },
        { "Sure, ", "Sure.", "" },
        { "Sure, ", "", "" },
    };

    /// <summary>However the answer is cut into tokens, the same comes out.</summary>
    [Theory]
    [MemberData(nameof(Answers))]
    public void Push_AnyTokens_LeavesOutADoubledOpener(string opener, string answer, string expected)
    {
        for (var size = 1; size <= Math.Max(1, answer.Length); size++)
        {
            var seam = new Seam(opener);
            var joined = string.Concat(answer.Chunk(size).Select(c => seam.Push(new string(c)))) + seam.Flush();
            Assert.Equal(expected, joined);
        }
    }

    [Fact]
    public void Push_NoOpener_IsNotHeldBack() => Assert.Equal("The", new Seam("Sure, ").Push("The"));
}
