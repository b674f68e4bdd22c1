using System.Buffers.Text;
using System.Globalization;

namespace Parley.Bench.Load.Models;

/// <summary>How a simulated model answers. A request's path names it, so that one process plays every model: <c>/120-8-0/v1/chat/completions</c>.</summary>
/// <param name="FirstTokenMs">From the end of the request to the first token, in milliseconds.</param>
/// <param name="Tokens">Pieces of content in an answer.</param>
/// <param name="GapMs">Between two tokens, in milliseconds; at 0 they follow each other as fast as they can be written, each in a write of its own.</param>
/// <param name="Opens">Whether it says an opener, "Sure,", instead of an answer.</param>
internal readonly record struct ModelBehaviour(int FirstTokenMs, int Tokens, int GapMs, bool Opens = false)
{
    private const int MaxMs = 60_000, MaxTokens = 10_000;

    /// <summary>What tells it from others.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{(Opens ? "opener-" : "")}{FirstTokenMs}-{Tokens}-{GapMs}");

    /// <summary>What the base address of such a model ends with.</summary>
    public string BasePath => $"/{Name}/v1";

    /// <summary>Where it answers.</summary>
    public string ChatPath => BasePath + "/chat/completions";

    /// <summary>Null where the path names none.</summary>
    public static ModelBehaviour? Parse(ReadOnlySpan<byte> path)
    {
        const string Suffix = "/v1/chat/completions";
        if (path.Length <= Suffix.Length || path[0] != '/' || !path.EndsWith("/v1/chat/completions"u8)) { return null; }
        path = path[1..^Suffix.Length];
        var opens = path.StartsWith("opener-"u8);
        if (opens) { path = path["opener-".Length..]; }
        if (!Take(ref path, MaxMs, out var first) || !Take(ref path, MaxTokens, out var tokens) || !Take(ref path, MaxMs, out var gap)) { return null; }
        return path.IsEmpty && tokens > 0 ? new(first, tokens, gap, opens) : null;
    }

    private static bool Take(ref ReadOnlySpan<byte> path, int most, out int number)
    {
        if (!Utf8Parser.TryParse(path, out number, out var length) || number < 0 || number > most) { return false; }
        path = path[length..];
        if (path.StartsWith("-"u8)) { path = path[1..]; }
        return true;
    }
}
