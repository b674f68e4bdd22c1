using System.Text;

namespace Parley.PocketSphinx.Alignment.Model;

/// <summary>How much of each Gaussian there is in each state.</summary>
/// <remarks>Immutable. The file <c>sendump</c> has one byte a weight: its negative logarithm to the base 1.0001, shifted right by 10 bits.</remarks>
internal sealed class MixtureWeights
{
    private static readonly double s_step = 1024 * Math.Log(1.0001);

    private readonly float[] _weights;
    private readonly int _states, _size;

    private MixtureWeights(float[] weights, int states, int size) => (_weights, _states, _size) = (weights, states, size);

    /// <summary>Reads the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="states">States in all.</param>
    /// <param name="streams">Streams of features.</param>
    /// <param name="size">Gaussians in a codebook.</param>
    public static MixtureWeights Read(string path, int states, int streams, int size)
    {
        var file = new SphinxFile(path);
        for (var length = file.ReadInt32(); length != 0; length = file.ReadInt32())
        {
            var text = Encoding.ASCII.GetString(file.Take(length)).TrimEnd('\0');
            if (text.StartsWith("cluster_count", StringComparison.Ordinal) && text != "cluster_count 0") { throw file.Damaged(); }
        }
        var (gaussians, all) = (file.ReadInt32(), file.ReadInt32());
        if (gaussians != size || all != states) { throw file.Damaged(); }
        var weights = new float[streams * states * size];
        for (var stream = 0; stream < streams; stream++)
        {
            for (var gaussian = 0; gaussian < size; gaussian++)
            {
                var row = file.Take(all);
                for (var state = 0; state < states; state++) { weights[(((stream * states) + state) * size) + gaussian] = (float)Math.Exp(-row[state] * s_step); }
            }
        }
        return new(weights, states, size);
    }

    /// <summary>The weights of one state in one stream.</summary>
    public ReadOnlySpan<float> Of(int stream, int state) => _weights.AsSpan(((stream * _states) + state) * _size, _size);
}
