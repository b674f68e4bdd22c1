using System.Security.Cryptography;
using System.Text;

namespace Parley.Quality;

/// <summary>A learner's name among figures: a hash of their id, so that figures tell of nobody in particular, and yet of one and the same.</summary>
public static class LearnerKey
{
    private const int Bytes = 12;

    public static string Of(string learnerId) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"figures\n{learnerId}")).AsSpan(0, Bytes));
}
