using Microsoft.Extensions.AI;

namespace Parley.Replies.Tools.BuiltIn;

/// <summary>The tools that Parley brings along. They only read, and take milliseconds.</summary>
public static class BuiltInTools
{
    /// <summary>All that can work.</summary>
    /// <param name="dictionary">Where words are looked up; null: that tool is not offered.</param>
    public static IReadOnlyList<AIFunction> Create(IWordDictionary? dictionary) =>
        [.. dictionary is null ? Array.Empty<AIFunction>() : [LookUpWord.Create(dictionary)], SearchContext.Create(), RecentUiEvents.Create()];

    /// <summary>What the session knows of its user; empty where a tool is called outside one.</summary>
    internal static UserContext UserOf(AIFunctionArguments arguments) =>
        arguments.Context?.TryGetValue(typeof(UserContext), out var context) == true && context is UserContext user ? user : new UserContext();
}
