using Parley.Audio;

namespace Parley.Core.Tests.Audio;

public sealed class RecentWindowsTests
{
    private const int Rate = 8_000;

    [Fact]
    public void Recall_AnyPieces_GivesTheNewestInOrder()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var (size, length) = (random.Next(1, 60), random.Next(1, 500));
            var windows = new RecentWindows(size, Rate, AudioMath.DurationOf(length, Rate));
            var (written, taken) = (0, 0);
            var kept = new List<AudioFrame>();
            for (var write = 0; write < 40; write++)
            {
                ReadOnlyMemory<short> piece = Samples(written, random.Next(0, 300));
                written += piece.Length;
                while (windows.TryTake(ref piece, out var window))
                {
                    Assert.Equal(Samples(taken, size), window.Samples.ToArray());
                    Assert.Equal(AudioMath.DurationOf(taken, Rate), window.Offset);
                    Assert.Equal(Samples(Math.Max(0, taken - length), Math.Min(length, taken)), Joined(windows.Recall()));
                    if (random.Next(3) == 0) { kept.Add(windows.Keep()); }
                    windows.Remember();
                    taken += size;
                }
                Assert.True(piece.IsEmpty);
            }
            Assert.Equal(written / size * size, taken);
            Assert.Equal(Samples(taken - Math.Min(3, length), Math.Min(3, length)), Joined(windows.Recall(AudioMath.DurationOf(taken - 3, Rate))));
            // Nobody writes to what somebody keeps.
            Assert.All(kept, frame => Assert.Equal(Samples((int)AudioMath.SamplesIn(frame.Offset, Rate), size), frame.Samples.ToArray()));
        }
    }

    [Fact]
    public void Recall_NoLengthGiven_IsHalfASecond()
    {
        var windows = new RecentWindows(512, 16_000);
        ReadOnlyMemory<short> input = new short[16_000];
        while (windows.TryTake(ref input, out _)) { windows.Remember(); }
        Assert.Equal(8_000, windows.Recall().Sum(frame => frame.Samples.Length));
    }

    [Fact]
    public void Recall_Forgotten_BeginsWithTheWindowThatIsHeardNow()
    {
        var windows = new RecentWindows(4, Rate);
        ReadOnlyMemory<short> input = Samples(0, 12);
        Assert.True(windows.TryTake(ref input, out _));
        windows.Remember();
        Assert.True(windows.TryTake(ref input, out _));
        windows.Forget();
        Assert.Empty(windows.Recall());
        windows.Remember();
        Assert.Equal(Samples(4, 4), Joined(windows.Recall()));
        windows.Forget();
        Assert.Empty(windows.Recall());
        Assert.True(windows.TryTake(ref input, out var third));
        Assert.Equal(AudioMath.DurationOf(8, Rate), third.Offset);
    }

    [Fact]
    public void TryTake_NothingKept_AllocatesNothing()
    {
        var windows = new RecentWindows(512, 16_000);
        var second = new short[16_000];
        Hear();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Hear();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Hear()
        {
            ReadOnlyMemory<short> input = second;
            while (windows.TryTake(ref input, out _)) { windows.Remember(); }
        }
    }

    [Fact]
    public void Keep_NothingTaken_Throws() => Assert.Throws<InvalidOperationException>(() => new RecentWindows(4, Rate).Keep());

    private static short[] Samples(int from, int count) => [.. Enumerable.Range(from, count).Select(i => (short)i)];

    private static short[] Joined(IEnumerable<AudioFrame> frames) => [.. frames.SelectMany(frame => frame.Samples.ToArray())];
}
