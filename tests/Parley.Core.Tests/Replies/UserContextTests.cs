using Parley.Replies;

namespace Parley.Core.Tests.Replies;

public sealed class UserContextTests
{
    [Fact]
    public void Set_SameIdAndTooMany_ReplacesAndDropsTheOldest()
    {
        var context = new UserContext();
        for (var i = 0; i < UserContext.MaxItems + 2; i++) { context.Set(new ContextItem($"{i}", null, null, "old")); }
        context.Set(new ContextItem("5", null, null, "new"));

        Assert.Equal(UserContext.MaxItems, context.Items.Count);
        Assert.Equal("2", context.Items[0].Id);
        Assert.Equal("new", context.Items.Single(i => i.Id == "5").Text);
    }

    [Fact]
    public void Add_TooManyAndTooLong_KeepsTheNewestCut()
    {
        var context = new UserContext();
        for (var i = 0; i < 100; i++) { context.Add(new UserAction(TimeSpan.FromSeconds(i), $"e{i}", new string('x', 10_000))); }

        Assert.Equal(UserContext.MaxEvents, context.Actions.Count);
        Assert.Equal("e99", context.Actions[^1].Name);
        Assert.All(context.Actions, a => Assert.Equal(UserAction.MaxData, a.Data!.Length));
    }
}
