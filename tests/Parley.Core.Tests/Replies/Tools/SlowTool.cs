using Microsoft.Extensions.AI;
using Parley.Replies.Tools;

namespace Parley.Core.Tests.Replies.Tools;

/// <summary>Tools for tests.</summary>
internal static class SlowTool
{
    /// <summary>Says "rain" after a time; notes each call of it, and each that was cancelled.</summary>
    public static AIFunction Weather(
        TimeProvider time, TimeSpan takes, List<string>? log = null, bool interruptible = false, string? filler = null, string name = "weather") =>
        AIFunctionFactory.Create(
            async (string city, CancellationToken cancellationToken) =>
            {
                log?.Add($"called {city}");
                try
                {
                    if (takes != TimeSpan.Zero) { await Task.Delay(takes, time, cancellationToken); }
                }
                catch (OperationCanceledException)
                {
                    log?.Add("cancelled");
                    throw;
                }
                log?.Add("done");
                return $"rain in {city}";
            },
            new AIFunctionFactoryOptions
            {
                Name = name,
                AdditionalProperties = new Dictionary<string, object?> { [ToolProperties.Interruptible] = interruptible, [ToolProperties.Filler] = filler },
            });
}
