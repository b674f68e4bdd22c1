using Parley.Replies.QuickReplies;
using Parley.Replies.Tools;

namespace Parley.Pipeline;

/// <summary>What every session may say, whatever its reply engine.</summary>
public static class FixedLines
{
    /// <summary>Said where a reply engine failed.</summary>
    public const string Apology = "Sorry, something went wrong on my side. Could you say that again?";

    /// <summary>All lines.</summary>
    public static IReadOnlyList<string> All { get; } = [Apology, .. Fillers.All];

    /// <summary>What a small model opens replies with in English, as it is given out.</summary>
    public static IReadOnlyList<string> Openers { get; } = [.. Replies.QuickReplies.Openers.English.Select(o => Opener.Of(o, isComplete: true)).OfType<string>()];
}
