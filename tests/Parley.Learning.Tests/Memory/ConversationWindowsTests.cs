using Parley.Learning.Memory;
using Parley.Transports.Protocol;
using Parley.Turns.Coaching;

namespace Parley.Learning.Tests.Memory;

public sealed class ConversationWindowsTests
{
    private static readonly DateTimeOffset s_now = new(2026, 5, 4, 9, 0, 0, TimeSpan.Zero);

    private readonly ConversationWindows _windows = new();

    [Fact]
    public void Take_FirstAnswer_IsRememberedWithItsQuestion()
    {
        var window = Assert.Single(Take("Yes, I have two of them.", "Do you have pets?"));
        Assert.Equal(("s1-w0", "Do you have pets? – Yes, I have two of them."), (window.Id, window.Text));
    }

    [Fact]
    public void Take_LongConversation_HasWindowsOfThreeThatOverlapByOne()
    {
        var all = new Dictionary<string, string>();
        for (var i = 0; i < 7; i++)
        {
            foreach (var window in Take($"This is my answer {i}")) { all[window.Id] = window.Text; }
        }
        Assert.Equal(["s1-w0", "s1-w1", "s1-w2", "s1-w3"], all.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["This is my answer 2", "This is my answer 3", "This is my answer 4"], all["s1-w1"].Split('\n'));
        Assert.Equal(["This is my answer 6"], all["s1-w3"].Split('\n'));
    }

    [Fact]
    public void Take_OtherSession_HasWindowsOfItsOwn()
    {
        Take("I like to talk about tea.");
        Assert.DoesNotContain("tea", Assert.Single(Take("I like to talk about trains.", session: "s2")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Take_FewWords_WaitForMore()
    {
        Assert.Empty(Take("Yes."));
        Assert.Equal("Yes.\nI have a cat.", Take("I have a cat.")[0].Text);
    }

    [Fact]
    public void Take_LongQuestion_KeepsItsEnd()
    {
        var text = Take("I have a cat at home.", string.Concat(Enumerable.Repeat("words and more ", 40)) + "Do you have a cat?")[0].Text;
        Assert.InRange(text.Length, 1, 190);
        Assert.Contains("Do you have a cat? – I", text, StringComparison.Ordinal);
    }

    private IReadOnlyList<Remembered> Take(string text, string? question = null, string session = "s1") =>
        _windows.Take(new SpokenTurn(session, "t1", text, new SessionConfig()) { Before = question is null ? [] : [new(true, "Hello."), new(false, question)] }, s_now);
}
