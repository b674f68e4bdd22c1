using Parley.Transports.Protocol;

namespace Parley.Core.Tests.Transports;

/// <summary>The memory of frames that were heard is used again, and no other's.</summary>
public sealed class LentAudioTests
{
    private readonly AudioLender _lender = new();

    [Fact]
    public void Lend_AfterRelease_UsesTheSameMemory()
    {
        var first = _lender.Lend([1, 2]);
        first.Release();

        Assert.Same(first, _lender.Lend([3, 4]));
    }

    [Fact]
    public void Lend_TwoUnreleased_KeepsThemApart()
    {
        var (first, second) = (_lender.Lend([1, 2]), _lender.Lend([3, 4, 5]));

        Assert.Equal([1, 2], first.Pcm.ToArray());
        Assert.Equal([3, 4, 5], second.Pcm.ToArray());
    }

    [Fact]
    public void Lend_ShorterFrameIntoUsedMemory_HasItsOwnLength()
    {
        _lender.Lend([1, 2, 3, 4]).Release();

        Assert.Equal([9, 8], _lender.Lend([9, 8]).Pcm.ToArray());
    }

    [Fact]
    public void Lend_SteadyFrames_AllocatesNothing()
    {
        var frame = new byte[640];
        _lender.Lend(frame).Release();
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1_000; i++) { _lender.Lend(frame).Release(); }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Lend_LongFrame_IsNotKept()
    {
        var audio = _lender.Lend(new byte[100_000]);
        audio.Release();

        Assert.NotSame(audio, _lender.Lend(new byte[100_000]));
    }
}
