using Microsoft.Extensions.AI;

namespace Parley.Replies.Tools;

/// <summary>What a tool may say of itself, as keys of <see cref="AITool.AdditionalProperties"/>.</summary>
public static class ToolProperties
{
    /// <summary><see cref="bool"/> true: an interruption of the reply cancels the tool. Without it a tool that has begun runs to its end.</summary>
    public const string Interruptible = "parley.interruptible";

    /// <summary><see cref="string"/>: a sentence to speak while this tool is slow, instead of a common one.</summary>
    public const string Filler = "parley.filler";

    /// <summary><see cref="TimeSpan"/>: the wait for this tool after which a filler is spoken.</summary>
    public const string FillerAfter = "parley.filler_after";

    internal static T? Read<T>(AITool? tool, string key) =>
        tool is not null && tool.AdditionalProperties.TryGetValue(key, out var value) && value is T known ? known : default;
}
