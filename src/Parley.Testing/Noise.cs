namespace Parley.Testing;

/// <summary>Sounds that are not speech, the same for the same seed.</summary>
public static class Noise
{
    /// <summary>Gaussian noise with the same power at all frequencies.</summary>
    /// <param name="samples">How long.</param>
    /// <param name="level">Root mean square in dB of full scale.</param>
    /// <param name="seed">Which noise.</param>
    public static short[] White(int samples, double level = -30, int seed = 1)
    {
        var random = new Random(seed);
        return Scale(level, [.. Enumerable.Range(0, samples).Select(_ => Gauss(random))]);
    }

    /// <summary>Noise that falls by 3 dB an octave, as rooms and fans sound.</summary>
    /// <remarks>Source: Paul Kellet's economy filter, musicdsp.org, 1999.</remarks>
    /// <inheritdoc cref="White"/>
    public static short[] Pink(int samples, double level = -30, int seed = 1)
    {
        var random = new Random(seed);
        double b0 = 0, b1 = 0, b2 = 0;
        var values = new double[samples];
        for (var i = 0; i < samples; i++)
        {
            var white = Gauss(random);
            b0 = 0.99765 * b0 + white * 0.0990460;
            b1 = 0.96300 * b1 + white * 0.2965164;
            b2 = 0.57000 * b2 + white * 1.0526913;
            values[i] = b0 + b1 + b2 + white * 0.1848;
        }
        return Scale(level, values);
    }

    private static short[] Scale(double level, double[] values)
    {
        var factor = 32768 * Math.Pow(10, level / 20) / Math.Sqrt(values.Average(v => v * v));
        return [.. values.Select(v => (short)Math.Clamp(Math.Round(v * factor), short.MinValue, short.MaxValue))];
    }

    // Box and Muller.
    private static double Gauss(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
