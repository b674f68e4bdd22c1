using Parley.Audio;

namespace Parley.Core.Tests.Audio;

public sealed class FourierTransformTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(64, 5)]
    [InlineData(512, 100)]
    public void Run_Cosine_HasItsPowerInOneBin(int size, int bin)
    {
        var transform = new FourierTransform(size);

        transform.Run([.. Enumerable.Range(0, size).Select(i => MathF.Cos(2 * MathF.PI * bin * i / size))]);

        var expected = bin == size / 2 ? (double)size * size : size * size / 4.0;
        Assert.Equal(expected, transform.Power(bin), expected * 1e-3);
        Assert.All(Enumerable.Range(0, (size / 2) + 1).Where(b => b != bin), b => Assert.InRange(transform.Power(b), 0, expected * 1e-6));
    }

    [Fact]
    public void Run_ShortWindow_IsFilledUpWithSilence()
    {
        var transform = new FourierTransform(8);

        transform.Run([1]);

        Assert.All(Enumerable.Range(0, 8), bin => Assert.Equal(1, transform.Power(bin), 1e-5));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(400)]
    public void Create_NoPowerOfTwo_Throws(int size) => Assert.Throws<ArgumentOutOfRangeException>(() => new FourierTransform(size));
}
