using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Parley.Server.Configuration;

namespace Parley.Server.Api;

/// <summary>The keys that open the API. Only their hashes are kept, and comparing takes the same time whatever is compared.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ApiKeys
{
    private readonly (byte[] Hash, string Name)[] _keys;

    public ApiKeys(IEnumerable<string> keys) =>
        _keys = [.. keys.Select(k => SHA256.HashData(Encoding.UTF8.GetBytes(k))).Select(hash => (hash, Convert.ToHexStringLower(hash)))];

    /// <summary>The configured keys and those of the environment.</summary>
    public static ApiKeys From(GatewayOptions options)
    {
        var more = Environment.GetEnvironmentVariable(options.ApiKeysEnvironmentVariable) ?? "";
        return new ApiKeys([.. options.ApiKeys.Where(k => k.Length > 0),
            .. more.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]);
    }

    /// <summary>Whether everybody may come in.</summary>
    public bool IsOpen => _keys.Length == 0;

    /// <summary>Who makes the request: the name of its key or, where no keys are asked for, the client's address, since any key could be made up.</summary>
    public static string CallerOf(HttpContext http, ApiKeys? keys) => keys?.Find(http) ?? http.Connection.RemoteIpAddress?.ToString() ?? "";

    /// <summary>Whether the request may come in.</summary>
    public bool Admits(HttpContext http) => IsOpen || Find(http) is not null;

    /// <summary>Whether who shows this may come in.</summary>
    public bool Admits(string key) => IsOpen || Find(key) is not null;

    /// <summary>A name, which is no secret, for the key that the request shows; null: it shows none of them.</summary>
    public string? Find(HttpContext http) => Find(ShownKey.Of(http));

    /// <summary>The name of a key; null: it is none of them.</summary>
    public string? Find(string? key)
    {
        if (IsOpen || key is null) { return null; }
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        string? found = null;
        foreach (var (known, name) in _keys) { found = CryptographicOperations.FixedTimeEquals(known, hash) ? name : found; }
        return found;
    }
}
