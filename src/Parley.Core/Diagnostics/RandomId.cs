namespace Parley.Diagnostics;

/// <summary>Names for requests and answers: no two are alike, and nothing is in them. They are no secrets, so they do not wait for the system's randomness.</summary>
/// <remarks>Thread-safe if <see cref="Random"/> is: <see cref="Random.Shared"/> is.</remarks>
public static class RandomId
{
    private const int Bytes = 16;

    /// <summary>128 random bits in hexadecimal behind <paramref name="prefix"/>.</summary>
    public static string Next(string prefix, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        Span<byte> bits = stackalloc byte[Bytes];
        random.NextBytes(bits);
        return string.Concat(prefix, Convert.ToHexStringLower(bits));
    }
}
