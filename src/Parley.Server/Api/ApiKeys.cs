using System.Security.Cryptography;
using System.Text;
using Parley.Server.Configuration;

namespace Parley.Server.Api;

/// <summary>The keys that open the API. Only their hashes are kept, and comparing takes the same time whatever is compared.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ApiKeys
{
    private const string Scheme = "Bearer ";
    private readonly byte[][] _hashes;

    public ApiKeys(IEnumerable<string> keys) => _hashes = [.. keys.Select(k => SHA256.HashData(Encoding.UTF8.GetBytes(k)))];

    /// <summary>The configured keys and those of the environment.</summary>
    public static ApiKeys From(GatewayOptions options)
    {
        var more = Environment.GetEnvironmentVariable(options.ApiKeysEnvironmentVariable) ?? "";
        return new ApiKeys([.. options.ApiKeys.Where(k => k.Length > 0),
            .. more.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]);
    }

    /// <summary>Whether everybody may come in.</summary>
    public bool IsOpen => _hashes.Length == 0;

    /// <summary>Whether the value of an <c>Authorization</c> header holds one of the keys.</summary>
    public bool Admits(string? authorization)
    {
        if (IsOpen) { return true; }
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) { return false; }
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(authorization[Scheme.Length..].Trim()));
        var admits = false;
        foreach (var known in _hashes) { admits |= CryptographicOperations.FixedTimeEquals(known, hash); }
        return admits;
    }
}
