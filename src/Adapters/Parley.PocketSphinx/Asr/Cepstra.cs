namespace Parley.PocketSphinx.Asr;

/// <summary>The mel cepstra of one utterance, frame by frame, and their mean.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class Cepstra
{
    /// <summary>Coefficients a frame.</summary>
    public const int Size = 13;

    /// <summary>Frames a second.</summary>
    public const int Rate = 100;

    private float[] _values = new float[Size * Rate * 4];
    private readonly double[] _sum = new double[Size];

    /// <summary>Frames so far.</summary>
    public int Count { get; private set; }

    public TimeSpan Length => TimeSpan.FromSeconds((double)Count / Rate);

    /// <summary>Frames so far that have energy.</summary>
    public int Voiced { get; private set; }

    public void Append(ReadOnlySpan<float> frames)
    {
        var used = Count * Size;
        if (used + frames.Length > _values.Length) { Array.Resize(ref _values, Math.Max(_values.Length * 2, used + frames.Length)); }
        frames.CopyTo(_values.AsSpan(used));
        Count += frames.Length / Size;
        for (var at = 0; at < frames.Length; at += Size)
        {
            if (frames[at] < 0) { continue; } // as SphinxBase does: a frame without energy says nothing of the channel
            for (var i = 0; i < Size; i++) { _sum[i] += frames[at + i]; }
            Voiced++;
        }
    }

    /// <summary>The frames from <paramref name="first"/> on.</summary>
    public ReadOnlySpan<float> From(int first) => _values.AsSpan(first * Size, (Count - first) * Size);

    /// <summary>The mean of the frames so far (Sphinx's batch cepstral mean).</summary>
    public float[] Mean()
    {
        var mean = new float[Size];
        for (var i = 0; i < Size && Voiced > 0; i++) { mean[i] = (float)(_sum[i] / Voiced); }
        return mean;
    }

    /// <summary>Euclidean distance of two means.</summary>
    public static float Distance(float[] a, float[] b) => MathF.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());
}
