using Microsoft.Extensions.AI;

namespace Parley.Resilience;

/// <summary>
/// Names a call that may be made again, so that a service which saw the first try does not do, or charge for, its work twice. Whoever retries
/// sets it; engines on other machines send it along.
/// </summary>
/// <remarks>Thread-safe. A key is random text: nothing of the call may be in it.</remarks>
public static class IdempotencyKey
{
    /// <summary>The header that carries it over HTTP.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>The key's name in <see cref="ChatOptions.AdditionalProperties"/>.</summary>
    public const string Property = "parley.idempotency_key";

    private static readonly AsyncLocal<string?> s_current = new();

    /// <summary>The key of the call that is made now, for ports that have no options to carry it; it flows with the caller's context.</summary>
    public static string? Current { get => s_current.Value; set => s_current.Value = value; }

    /// <summary>The key of a chat call; null: there is none.</summary>
    public static string? Of(ChatOptions? options) =>
        options?.AdditionalProperties?.TryGetValue(Property, out var value) == true && value is string key ? key : Current;
}
