using Parley.Alignment;
using Parley.PocketSphinx.Alignment.Model;
using Parley.PocketSphinx.Asr;

namespace Parley.PocketSphinx.Alignment;

/// <summary>Shows the model the speech as of a speaker and a microphone of its own: as long a vocal tract, as loud and coloured a channel.</summary>
/// <remarks>Immutable, so thread-safe.</remarks>
internal sealed class SpeakerNormalisation(AcousticModel model)
{
    // Men to small children.
    private static readonly FrequencyWarp[] s_warps = [.. Enumerable.Range(-3, 10).Select(i => new FrequencyWarp(1 + (0.04 * i)))];

    /// <summary>The features of the warp under which the aligned phones are likeliest, moved to where the model has these.</summary>
    public float[] Normalise(Cepstra cepstra, IReadOnlyList<AlignedPhone> phones)
    {
        float[]? best = null;
        var likeliest = double.NegativeInfinity;
        foreach (var warp in s_warps)
        {
            var features = DynamicFeatures.Of(warp.Apply(cepstra));
            var likelihood = model.Likelihood(features, phones);
            if (likelihood > likeliest) { (likeliest, best) = (likelihood, features); }
        }
        model.Centre(best!, phones);
        return best!;
    }
}
