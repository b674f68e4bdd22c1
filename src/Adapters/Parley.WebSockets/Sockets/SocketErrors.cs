using System.Globalization;
using Parley.Diagnostics;

namespace Parley.WebSockets.Sockets;

/// <summary>What goes wrong on a service's WebSocket, as <see cref="VoiceException"/>s that repeat nothing the service said but its codes.</summary>
internal static class SocketErrors
{
    private const int LongestCode = 64;

    private static readonly string[] s_quota = ["quota", "throttl", "rate_limit", "ratelimit", "limit_exceeded", "arrear", "busy", "payment", "credit"];

    public static VoiceException Refused(VoiceStage stage, int status, Exception inner) => new(
        stage, $"The service refused the connection with HTTP {status}.", status is 408 or 429 or >= 500, inner)
    {
        Class = status is 402 or 429 ? FailureClass.Quota : FailureClass.Dependency,
    };

    public static VoiceException Unreachable(VoiceStage stage, Exception inner) =>
        new(stage, "The service cannot be reached, or it broke the connection off.", isTransient: true, inner) { Class = FailureClass.Network };

    public static VoiceException EndedEarly(VoiceStage stage) =>
        new(stage, "The service closed the connection before its answer was complete.", isTransient: true) { Class = FailureClass.Network };

    public static VoiceException Stalled(VoiceStage stage, TimeSpan limit) => new(
        stage, string.Create(CultureInfo.InvariantCulture, $"The service sent nothing within {limit.TotalSeconds:0.###} seconds."), isTransient: true)
    {
        Class = FailureClass.Network,
    };

    // No inner exception: a parser's message can quote what it read.
    public static VoiceException Unintelligible(VoiceStage stage) => new(stage, "The service sent something that is not of its protocol.");

    /// <summary>The service reports a failure under a code. Voice, model and key are the configuration's, so a wrong one is not the user's: another engine may do.</summary>
    public static VoiceException Reported(VoiceStage stage, string? code)
    {
        var name = code is { Length: > 0 and <= LongestCode } && code.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') ? $" ({code})" : "";
        var kind = s_quota.Any(s => name.Contains(s, StringComparison.OrdinalIgnoreCase)) ? FailureClass.Quota : FailureClass.Dependency;
        return new VoiceException(stage, $"The service reported a failure{name}.", kind == FailureClass.Quota) { Class = kind };
    }
}
