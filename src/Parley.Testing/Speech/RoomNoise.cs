using Parley.Audio;

namespace Parley.Testing.Speech;

/// <summary>The background noise of a recording, as long as one likes: overlapping pieces of its quietest moments, in random order.</summary>
/// <remarks>Not digital silence, which no microphone gives and which a detector would know at once. The same seed gives the same noise.</remarks>
public sealed class RoomNoise
{
    private const int Piece = AudioMath.SpeechRate / 25, Hop = Piece / 2, QuietestShare = 12;

    private readonly short[] _recording;
    private readonly int[] _quiet;
    private readonly Random _random;

    /// <param name="recording">16 kHz.</param>
    /// <param name="seed">Chooses the order of the pieces.</param>
    public RoomNoise(short[] recording, int seed)
    {
        (_recording, _random) = (recording, new Random(seed));
        var starts = Enumerable.Range(0, Math.Max(1, (recording.Length - Piece) / Hop)).Select(i => i * Hop).ToArray();
        _quiet = [.. starts.OrderBy(Power).Take(Math.Max(3, starts.Length / QuietestShare))];
        LevelDb = SpeechLevel.ToDb(_quiet.Average(Power));
    }

    /// <summary>Its level in dB of full scale.</summary>
    public double LevelDb { get; }

    /// <summary>Makes noise.</summary>
    public short[] Make(int samples)
    {
        var sum = new double[samples + Piece];
        for (var at = -Hop; at < samples; at += Hop)
        {
#pragma warning disable CA5394 // drawn to be repeated, not to be secret
            var source = _quiet[_random.Next(_quiet.Length)];
#pragma warning restore CA5394
            for (var i = 0; i < Piece && source + i < _recording.Length; i++)
            {
                // Noise adds by power: the squares of the two halves of a sine sum to one.
                if (at + i >= 0 && at + i < sum.Length) { sum[at + i] += _recording[source + i] * Math.Sin(Math.PI * (i + 0.5) / Piece); }
            }
        }
        return [.. sum.Take(samples).Select(value => (short)Math.Clamp(value, short.MinValue, short.MaxValue))];
    }

    private double Power(int start) => SpeechLevel.Power(_recording.AsSpan(start, Math.Min(Piece, _recording.Length - start)));
}
