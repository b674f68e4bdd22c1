using System.Text.Json.Serialization;
using Parley.Transports.Protocol;

namespace Parley.Replies.Tools;

/// <summary>How the call of a tool ended.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<ToolOutcome>))]
public enum ToolOutcome
{
    /// <summary>Not yet: the tool runs.</summary>
    Pending,

    /// <summary>With the tool's result.</summary>
    Answered,

    /// <summary>The tool threw.</summary>
    Failed,

    /// <summary>It took too long.</summary>
    TimedOut,

    /// <summary>The user interrupted, and the tool had said that this may stop it.</summary>
    Cancelled,

    /// <summary>The call was not made: there is no such tool, its arguments are wrong, or there were too many at once.</summary>
    Refused,
}
