using Parley.PocketSphinx.Asr;

namespace Parley.PocketSphinx.Alignment.Model;

/// <summary>The features that the acoustic model sees (Sphinx's <c>1s_c_d_dd</c>): cepstra without their mean, their slope over 40 ms, and that slope's over 20 ms.</summary>
/// <remarks>Before the first and behind the last frame the same frame goes on.</remarks>
internal static class DynamicFeatures
{
    /// <summary>Streams that are scored apart.</summary>
    public const int Streams = 3;

    /// <summary>Features a stream.</summary>
    public const int StreamSize = Cepstra.Size;

    /// <summary>Features a frame.</summary>
    public const int Size = Streams * StreamSize;

    /// <summary>The features of all frames.</summary>
    public static float[] Of(Cepstra cepstra)
    {
        var values = cepstra.From(0);
        var (mean, count) = (cepstra.Mean(), cepstra.Count);
        var features = new float[count * Size];
        for (var frame = 0; frame < count; frame++)
        {
            int now = Row(frame), b1 = Row(frame - 1), b2 = Row(frame - 2), b3 = Row(frame - 3), a1 = Row(frame + 1), a2 = Row(frame + 2), a3 = Row(frame + 3);
            for (var i = 0; i < StreamSize; i++)
            {
                var at = (frame * Size) + i;
                features[at] = values[now + i] - mean[i];
                features[at + StreamSize] = values[a2 + i] - values[b2 + i];
                features[at + (2 * StreamSize)] = values[a3 + i] - values[b1 + i] - (values[a1 + i] - values[b3 + i]);
            }
        }
        return features;

        int Row(int frame) => Math.Clamp(frame, 0, count - 1) * StreamSize;
    }
}
