using Parley.Learning.Pronunciation.Reference;
using Parley.Testing.Simulated;

namespace Parley.Learning.Tests.Pronunciation.Reference;

public sealed class TimeWarpTests
{
    private static readonly short[] s_sweep = [.. Enumerable.Range(0, 16_000).Select(i => (short)(8_000 * Math.Sin(2 * Math.PI * ((300 * i / 16_000.0) + (600 * Math.Pow(i / 16_000.0, 2))))))];

    [Fact]
    public void Of_SameSound_IsNoDistance()
    {
        var sound = MelCepstra.Of(s_sweep);

        var warp = TimeWarp.Of(sound, new(10, 60), sound, new(10, 60));

        Assert.Equal(0, warp!.Distortion);
        Assert.Equal(Enumerable.Range(10, 50).Select(f => (float)f), warp.Partners);
    }

    [Fact]
    public void Of_SlowerSound_GoesAlongItAtItsOwnPace()
    {
        short[] slow = [.. Enumerable.Range(0, 32_000).Select(i => (short)(8_000 * Math.Sin(2 * 2 * Math.PI * ((300 * i / 32_000.0) + (600 * Math.Pow(i / 32_000.0, 2))))))];
        var (quick, half) = (MelCepstra.Of(s_sweep), MelCepstra.Of(slow));

        var warp = TimeWarp.Of(half, new(0, 190), quick, new(0, 95))!;

        Assert.Equal(47, warp.Partners[95], 6f);
        Assert.True(warp.Partners.Zip(warp.Partners.Skip(1)).All(pair => pair.First <= pair.Second));
    }

    // By hand: one coefficient differs by 1, so 10 √2 / ln 10.
    [Fact]
    public void Of_KnownDifference_IsKubicheksFormula()
    {
        var (one, other) = (MelCepstra.Of(s_sweep), MelCepstra.Of(Louder(s_sweep)));
        var plain = TimeWarp.Of(one, new(20, 21), other.Without([30]), new(20, 21))!.Distortion;

        var sum = 0.0;
        for (var d = 0; d < MelCepstra.Size; d++) { sum += Math.Pow(one[20][d] - (other[20][d] - other[30][d]), 2); }
        Assert.Equal(10 / Math.Log(10) * Math.Sqrt(2 * sum), plain, 0.01);
    }

    [Fact]
    public void Of_LouderSound_SoundsTheSame()
    {
        var (one, other) = (MelCepstra.Of(s_sweep), MelCepstra.Of(Louder(s_sweep)));

        Assert.InRange(TimeWarp.Of(one, new(10, 60), other, new(10, 60))!.Distortion, 0, 0.5);
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(200, 300)]
    [InlineData(0, 600)]
    public void Of_StretchThatIsEmptyOrEndless_IsNone(int first, int end)
    {
        var sound = MelCepstra.Of(SimulatedSynthesizer.Tone(end == 600 ? 160_000 : 16_000));

        Assert.Null(TimeWarp.Of(sound, new(first, end), sound, new(0, 50)));
    }

    private static short[] Louder(short[] samples) => [.. samples.Select(s => (short)(s * 3))];
}
