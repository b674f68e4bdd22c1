using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Parley.Diagnostics;

namespace Parley.Policy.Ranking;

/// <summary>Draws which learners get an engine that is being tried out: the same learner always draws the same lot, after a restart too.</summary>
/// <remarks>Pure. The lots of different stages are independent of each other.</remarks>
public static class CanaryLot
{
    /// <summary>The engine whose share the subject falls in; null: none.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="subject">The learner's id, else the session's.</param>
    /// <param name="shares">Shares by engine; together at most 1.</param>
    public static string? Draw(VoiceStage stage, string subject, IEnumerable<KeyValuePair<string, double>> shares)
    {
        var (lot, end) = (Lot(stage, subject), 0d);
        foreach (var (engine, share) in shares.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            end += share;
            if (lot < end) { return engine; }
        }
        return null;
    }

    /// <summary>A number from 0 up to, not including, 1.</summary>
    private static double Lot(VoiceStage stage, string subject)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{stage}\n{subject}"));
        return (BinaryPrimitives.ReadUInt64LittleEndian(hash) >> 11) * (1.0 / (1UL << 53));
    }
}
