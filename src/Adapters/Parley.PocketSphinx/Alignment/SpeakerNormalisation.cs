using Parley.Alignment;
using Parley.PocketSphinx.Alignment.Model;
using Parley.PocketSphinx.Asr;

namespace Parley.PocketSphinx.Alignment;

/// <summary>Shows the model the speech as of a speaker and a microphone of its own: as long a vocal tract, as loud and coloured a channel.</summary>
/// <remarks>Immutable, so thread-safe.</remarks>
internal sealed class SpeakerNormalisation(AcousticModel model)
{
    private const double Step = 0.04;
    private const int Lowest = -3, Highest = 6; // men to small children

    private static readonly (double Factor, FrequencyWarp Warp)[] s_warps =
        [.. Enumerable.Range(Lowest, Highest - Lowest + 1).Select(i => 1 + (Step * i)).Select(factor => (factor, new FrequencyWarp(factor)))];

    /// <summary>The cepstra of the vocal tract under which the aligned phones are likeliest.</summary>
    public (Cepstra Cepstra, VoiceMatch Voice) Warp(Cepstra cepstra, IReadOnlyList<PhoneInContext> phones)
    {
        var tried = s_warps.Select(w => (w.Factor, Cepstra: w.Warp.Apply(cepstra))).Select(w => (w.Factor, w.Cepstra, Likelihood: model.Likelihood(DynamicFeatures.Of(w.Cepstra), phones))).ToArray();
        var best = tried.MaxBy(w => w.Likelihood);
        return (best.Cepstra, new((float)best.Factor, (float)best.Likelihood, (float)(best.Likelihood - tried[-Lowest].Likelihood)));
    }

    /// <summary>The features of cepstra, moved to where the model has the aligned phones.</summary>
    public float[] Centre(Cepstra cepstra, IReadOnlyList<PhoneInContext> phones)
    {
        var features = DynamicFeatures.Of(cepstra);
        model.Centre(features, phones);
        return features;
    }
}
