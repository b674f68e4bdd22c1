using Parley.Sessions;
using Parley.Time;

namespace Parley.Core.Tests.Sessions;

public sealed class AudioIntakeTests
{
    [Theory]
    [InlineData(8_000)]
    [InlineData(16_000)]
    [InlineData(24_000)]
    [InlineData(44_100)]
    [InlineData(48_000)]
    public void Take_FramesOf20Ms_EachComesOutWhole(int sampleRate)
    {
        var clock = new VirtualClock();
        var intake = new AudioIntake(new SessionOptions(), clock);

        for (var frame = 1; frame <= 50; frame++)
        {
            Assert.Null(intake.Take(new byte[2 * sampleRate / 50], sampleRate, out var samples));
            clock.Advance(TimeSpan.FromMilliseconds(20));
            Assert.Equal(320, samples.Length);
        }
    }
}
