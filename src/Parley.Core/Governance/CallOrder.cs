namespace Parley.Governance;

/// <summary>When a call should have its turn.</summary>
/// <param name="Priority">Who waits for it.</param>
/// <param name="Size">How much it has to do, as the length of its speech: short ones go first. Zero where that is not known.</param>
/// <param name="Delay">How long it does not want its turn at all; until then it gives way to interactive calls when too many wait.</param>
public readonly record struct CallOrder(CallPriority Priority = CallPriority.Interactive, TimeSpan Size = default, TimeSpan Delay = default)
{
    /// <summary>The key in <c>ChatOptions.AdditionalProperties</c> under which a caller names its <see cref="CallPriority"/>; absent: interactive.</summary>
    public const string Property = "parley.priority";

    /// <summary>The order of a call to a language model.</summary>
    public static CallOrder Of(Microsoft.Extensions.AI.ChatOptions? options) =>
        options?.AdditionalProperties?.TryGetValue(Property, out var value) == true && value is CallPriority priority ? new CallOrder(priority) : default;
}
