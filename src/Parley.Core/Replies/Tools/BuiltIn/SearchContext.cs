using System.ComponentModel;
using System.Globalization;
using Microsoft.Extensions.AI;

namespace Parley.Replies.Tools.BuiltIn;

/// <summary>The tool <c>search_context</c>: finds passages in what the user looks at, of which a prompt holds only the beginning.</summary>
internal static class SearchContext
{
    private const int MaxPassages = 3, MaxQuery = 500;

    public static AIFunction Create() => AIFunctionFactory.Create(
        Answer,
        "search_context",
        "Searches the slides and pages that the user looks at, in full length, and returns the passages that fit best. "
        + "Use it when the user asks about them and the answer is not before you.");

    private static string Answer([Description("A few words that the passage should have.")] string query, AIFunctionArguments arguments)
    {
        var items = BuiltInTools.UserOf(arguments).Items;
        if (items.Count == 0) { return "The user has shared no pages."; }
        var found = PassageSearch.Find(items, query.Length > MaxQuery ? query[..MaxQuery] : query, MaxPassages);
        return found.Count == 0 ? "No passage has these words." : string.Join("\n\n", found.Select(Describe));
    }

    private static string Describe(Passage passage)
    {
        var page = passage.Source.Page is { } number ? string.Create(CultureInfo.InvariantCulture, $", page {number}") : "";
        return $"[{passage.Source.Title ?? passage.Source.Id}{page}] {passage.Text}";
    }
}
