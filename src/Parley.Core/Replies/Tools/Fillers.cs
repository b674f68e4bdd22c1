namespace Parley.Replies.Tools;

/// <summary>What is said while a tool is slow.</summary>
internal static class Fillers
{
    private static readonly string[] s_first = ["Let me check that.", "One moment, please.", "Let me look that up.", "Just a second."];
    private static readonly string[] s_more = ["I'm still looking.", "It takes a little longer.", "Thank you for waiting."];

    /// <summary>All fillers.</summary>
    public static IEnumerable<string> All => s_first.Concat(s_more);

    /// <summary>One of the fillers, another with each number; the same for the same session.</summary>
    /// <param name="seed">The session's.</param>
    /// <param name="number">How many came before it in the conversation, roughly.</param>
    /// <param name="isFirst">Whether nothing was said yet that explains the wait.</param>
    public static string Pick(long seed, int number, bool isFirst)
    {
        var lines = isFirst ? s_first : s_more;
        return lines[(int)((ulong)(unchecked(seed * 31) + number) % (ulong)lines.Length)];
    }
}
