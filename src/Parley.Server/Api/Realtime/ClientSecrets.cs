using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Parley.Server.Api.Realtime;

/// <summary>
/// Keys that live for minutes: who has a key of the server gets them for browsers, which can keep none. Only their hashes are held, and they are lost
/// with the process.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ClientSecrets(TimeProvider time)
{
    /// <summary>How many may be alive of one owner, and in all.</summary>
    public const int MaxOfOwner = 1_000, MaxInAll = 4_000;

    private const string Prefix = "ek_";

    private const int Bytes = 32;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, ClientSecret> _secrets = [];
    private readonly Dictionary<string, int> _counts = [];
    private readonly PriorityQueue<(string Hash, string Owner), DateTimeOffset> _expiring = new();

    /// <summary>Whether a key has the form of a client secret.</summary>
    public static bool IsOne(string? key) => key?.StartsWith(Prefix, StringComparison.Ordinal) == true;

    /// <summary>Makes one.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="session">How the session that it opens is to be.</param>
    /// <param name="lifetime">How long it is good.</param>
    /// <returns>The secret, which cannot be had again; null: the owner, or all together, have too many.</returns>
    public (string Value, ClientSecret Secret)? TryCreate(string owner, JsonElement session, TimeSpan lifetime)
    {
        var value = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        var secret = new ClientSecret(time.GetUtcNow() + lifetime, session.Clone());
        lock (_lock)
        {
            DropExpired();
            var owned = _counts.GetValueOrDefault(owner);
            if (owned >= MaxOfOwner || _secrets.Count >= MaxInAll) { return null; }
            var hash = Hash(value);
            _secrets[hash] = secret;
            _counts[owner] = owned + 1;
            _expiring.Enqueue((hash, owner), secret.ExpiresAt);
        }
        return (value, secret);
    }

    /// <summary>What a key stands for; null: it is none of these, or no longer.</summary>
    public ClientSecret? Find(string? key)
    {
        if (!IsOne(key)) { return null; }
        lock (_lock)
        {
            DropExpired();
            return _secrets.GetValueOrDefault(Hash(key!));
        }
    }

    private void DropExpired()
    {
        while (_expiring.TryPeek(out var next, out var end) && end <= time.GetUtcNow())
        {
            _expiring.Dequeue();
            _secrets.Remove(next.Hash);
            if (--_counts[next.Owner] == 0) { _counts.Remove(next.Owner); }
        }
    }

    private static string Hash(string value) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(value)));
}
