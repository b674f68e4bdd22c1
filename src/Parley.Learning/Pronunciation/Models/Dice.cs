namespace Parley.Learning.Pronunciation.Models;

/// <summary>Random numbers that are the same everywhere for the same seed (SplitMix64; G. Steele and others, 2014).</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed * 0x9E3779B97F4A7C15;

    /// <summary>From 0, below 1.</summary>
    public float Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 40) * (1f / (1 << 24));
    }

    /// <summary>From a normal distribution, mean 0 and deviation 1.</summary>
    public float Normal() => MathF.Sqrt(-2 * MathF.Log(1 - Next())) * MathF.Cos(2 * MathF.PI * Next());

    /// <summary>Puts 0 in the place of about a share of the values, and raises the others so that the sum stays about the same.</summary>
    public void LeaveOut(Span<float> values, float share)
    {
        var raised = 1 / (1 - share);
        for (var i = 0; i < values.Length; i++) { values[i] = Next() < share ? 0 : values[i] * raised; }
    }

    /// <summary>Brings values into a random order.</summary>
    public void Shuffle(Span<int> values)
    {
        for (var i = values.Length - 1; i > 0; i--)
        {
            var other = (int)(Next() * (i + 1));
            (values[i], values[other]) = (values[other], values[i]);
        }
    }
}
