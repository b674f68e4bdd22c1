using Parley.Transports.Protocol;

namespace Parley.Transports.Realtime.Wire;

/// <summary>The tokens of a response. All are text: speech becomes text before a model reads it, and text is what it writes.</summary>
internal sealed record ResponseUsage(
    long TotalTokens, long InputTokens, long OutputTokens, InputTokenDetails InputTokenDetails, OutputTokenDetails OutputTokenDetails)
{
    public static ResponseUsage From(TokenUsage usage) => new(
        usage.TotalTokens, usage.InputTokens, usage.OutputTokens,
        new InputTokenDetails(usage.InputTokens, AudioTokens: 0, ImageTokens: 0, usage.CachedTokens ?? 0), new OutputTokenDetails(usage.OutputTokens, AudioTokens: 0));
}

internal sealed record InputTokenDetails(long TextTokens, long AudioTokens, long ImageTokens, long CachedTokens);

internal sealed record OutputTokenDetails(long TextTokens, long AudioTokens);
