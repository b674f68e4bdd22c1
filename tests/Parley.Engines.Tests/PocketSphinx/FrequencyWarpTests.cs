using Parley.PocketSphinx.Asr;

namespace Parley.Engines.Tests.PocketSphinx;

public sealed class FrequencyWarpTests
{
    private static readonly float[] s_frame = [8, -1, 2, 0.5f, -0.25f, 3, 1, -2, 0.125f, 1, -1, 0.5f, 2];

    [Fact]
    public void Apply_FactorOne_ChangesNothing()
    {
        var warped = Warp(1, s_frame);

        for (var i = 0; i < Cepstra.Size; i++) { Assert.Equal(s_frame[i], warped[i], 0.001f); }
    }

    [Fact]
    public void Apply_FlatSpectrum_StaysFlat()
    {
        var warped = Warp(1.2, [5, .. new float[Cepstra.Size - 1]]);

        Assert.Equal(5, warped[0], 0.001f);
        Assert.All(warped[1..], value => Assert.Equal(0, value, 0.001f));
    }

    // The first coefficient is positive where low frequencies are stronger: what is read off further up is weaker throughout.
    [Fact]
    public void Apply_FallingSpectrumAndHigherFormants_ReadsTheWeakerHigherFrequencies()
    {
        float[] falling = [0, 4, .. new float[Cepstra.Size - 2]];

        Assert.True(Warp(1.2, falling)[0] < -0.1);
        Assert.True(Warp(1 / 1.2, falling)[0] > 0.1);
    }

    [Fact]
    public void Apply_TwoFrames_WarpsEachAndLeavesTheSource()
    {
        var cepstra = new Cepstra();
        cepstra.Append([.. s_frame, .. s_frame]);

        var warped = new FrequencyWarp(1.1).Apply(cepstra);

        Assert.Equal(2, warped.Count);
        Assert.Equal(warped.From(0)[..Cepstra.Size], warped.From(1));
        Assert.Equal(s_frame, cepstra.From(1));
    }

    private static float[] Warp(double factor, float[] frame)
    {
        var cepstra = new Cepstra();
        cepstra.Append(frame);
        return new FrequencyWarp(factor).Apply(cepstra).From(0).ToArray();
    }
}
