using System.Globalization;
using Microsoft.Extensions.AI;

namespace Parley.Replies.Tools.BuiltIn;

/// <summary>The tool <c>recent_ui_events</c>: what the user did in the client of late.</summary>
internal static class RecentUiEvents
{
    public static AIFunction Create() => AIFunctionFactory.Create(
        Answer,
        "recent_ui_events",
        "Lists what the user did in the app of late, such as pages opened or buttons pressed, oldest first. Use it when the user speaks of it.");

    private static string Answer(AIFunctionArguments arguments)
    {
        var actions = BuiltInTools.UserOf(arguments).Actions;
        return actions.Count == 0 ? "The app has told of nothing." : string.Join('\n', actions.Select(a => string.Create(
            CultureInfo.InvariantCulture, $"{a.At.TotalSeconds:0} s: {a.Name} {a.Data}").TrimEnd()));
    }
}
