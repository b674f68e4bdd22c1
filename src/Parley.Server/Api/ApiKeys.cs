using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Parley.Server.Configuration;

namespace Parley.Server.Api;

/// <summary>The keys that open the API. Only their hashes are kept, and comparing takes the same time whatever is compared.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ApiKeys
{
    private readonly Key[] _keys;

    /// <param name="keys">Keys of users.</param>
    /// <param name="operators">Keys that also open what only operators may see.</param>
    public ApiKeys(IEnumerable<string> keys, IEnumerable<string>? operators = null)
    {
        _keys = [.. keys.Select(k => Key.Of(k, isOperator: false)), .. (operators ?? []).Select(k => Key.Of(k, isOperator: true))];
        IsOpen = _keys.All(k => k.IsOperator);
    }

    /// <summary>The configured keys and those of the environment.</summary>
    public static ApiKeys From(GatewayOptions options) => new(
        [.. options.ApiKeys.Where(k => k.Length > 0), .. OfEnvironment(options.ApiKeysEnvironmentVariable)],
        [.. options.OperatorKeys.Where(k => k.Length > 0), .. OfEnvironment(options.OperatorKeysEnvironmentVariable)]);

    /// <summary>Whether everybody may come in. Operators' keys alone close nothing but what is for operators.</summary>
    public bool IsOpen { get; }

    /// <summary>Whether the request may see what is for operators: it shows an operator's key or, where there are no keys at all, comes from this machine.</summary>
    public bool IsOperator(HttpContext http) => _keys.Length == 0 ? LocalRequest.Is(http) : Match(ShownKey.Of(http))?.IsOperator == true;

    /// <summary>Who makes the request: the name of its key or, where no keys are asked for, the client's address, since any key could be made up.</summary>
    public static string CallerOf(HttpContext http, ApiKeys? keys) => keys?.Find(http) ?? http.Connection.RemoteIpAddress?.ToString() ?? "";

    /// <summary>Whether the request may come in.</summary>
    public bool Admits(HttpContext http) => IsOpen || Find(http) is not null;

    /// <summary>Whether who shows this may come in.</summary>
    public bool Admits(string key) => IsOpen || Find(key) is not null;

    /// <summary>A name, which is no secret, for the key that the request shows; null: it shows none of them.</summary>
    public string? Find(HttpContext http) => Find(ShownKey.Of(http));

    /// <summary>The name of a key; null: it is none of them.</summary>
    public string? Find(string? key) => IsOpen ? null : Match(key)?.Name;

    private Key? Match(string? key)
    {
        if (key is null || _keys.Length == 0) { return null; }
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        Key? found = null;
        foreach (var known in _keys) { found = CryptographicOperations.FixedTimeEquals(known.Hash, hash) ? known : found; }
        return found;
    }

    private static string[] OfEnvironment(string variable) =>
        (Environment.GetEnvironmentVariable(variable) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private sealed record Key(byte[] Hash, string Name, bool IsOperator)
    {
        public static Key Of(string key, bool isOperator)
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
            return new Key(hash, Convert.ToHexStringLower(hash), isOperator);
        }
    }
}
