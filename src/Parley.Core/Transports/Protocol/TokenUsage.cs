using Microsoft.Extensions.AI;

namespace Parley.Transports.Protocol;

/// <summary>The tokens of a reply, of all calls of its reply engine that told theirs.</summary>
/// <param name="InputTokens">Those of the prompts.</param>
/// <param name="OutputTokens">Those of the answers, with what the model thought.</param>
/// <param name="TotalTokens">Both.</param>
/// <param name="CachedTokens">How many of the prompts' the engine knew already; null: it does not tell.</param>
public sealed record TokenUsage(long InputTokens, long OutputTokens, long TotalTokens, long? CachedTokens = null)
{
    /// <summary>What an engine tells of a call; null: nothing.</summary>
    public static TokenUsage? From(UsageDetails told) => told is { InputTokenCount: null, OutputTokenCount: null, TotalTokenCount: null } ? null : new(
        told.InputTokenCount ?? 0, told.OutputTokenCount ?? 0, told.TotalTokenCount ?? (told.InputTokenCount ?? 0) + (told.OutputTokenCount ?? 0),
        told.CachedInputTokenCount);

    /// <summary>The tokens of two calls.</summary>
    public static TokenUsage? Sum(TokenUsage? first, TokenUsage? second) => first is null ? second : second is null ? first : new(
        first.InputTokens + second.InputTokens, first.OutputTokens + second.OutputTokens, first.TotalTokens + second.TotalTokens,
        first.CachedTokens is null ? second.CachedTokens : first.CachedTokens + (second.CachedTokens ?? 0));
}
