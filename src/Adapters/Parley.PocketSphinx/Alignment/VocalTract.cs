using Parley.Alignment;
using Parley.PocketSphinx.Alignment.Model;
using Parley.PocketSphinx.Asr;

namespace Parley.PocketSphinx.Alignment;

/// <summary>Finds how long the speaker's vocal tract is, and shows the model the speech as of a tract of its own length.</summary>
/// <remarks>Immutable, so thread-safe.</remarks>
internal sealed class VocalTract(AcousticModel model)
{
    private static readonly (double Factor, FrequencyWarp Warp)[] s_warps =
        [.. Enumerable.Range(-3, 10).Select(i => 1 + (0.04 * i)).Select(factor => (factor, new FrequencyWarp(factor)))];

    /// <summary>The features of the warp under which the aligned phones are likeliest.</summary>
    public float[] Normalise(Cepstra cepstra, IReadOnlyList<AlignedPhone> phones)
    {
        float[]? best = null;
        var likeliest = double.NegativeInfinity;
        foreach (var (_, warp) in s_warps)
        {
            var features = DynamicFeatures.Of(warp.Apply(cepstra));
            var likelihood = model.Likelihood(features, phones);
            if (likelihood > likeliest) { (likeliest, best) = (likelihood, features); }
        }
        return best!;
    }
}
