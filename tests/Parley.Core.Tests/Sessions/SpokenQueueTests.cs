using Parley.Pipeline;
using Parley.Time;

namespace Parley.Core.Tests.Sessions;

/// <summary>The audio that waits to be paced out is bounded by its time, whatever its pieces are like.</summary>
public sealed class SpokenQueueTests : IDisposable
{
    private readonly DeterministicScheduler _scheduler = new();
    private readonly SpokenQueue _queue = new(TimeSpan.FromMilliseconds(500), 16_000);
    private readonly CancellationTokenSource _cancel = new();
    private int _written;

    public void Dispose() => _cancel.Dispose();

    [Theory]
    [InlineData(20, 25)]
    [InlineData(200, 3)]
    [InlineData(499, 2)]
    [InlineData(3_000, 1)]
    public void WriteAsync_NobodyReads_IsHeldUpOnceHalfASecondWaits(int pieceMs, int expected)
    {
        Write(100, pieceMs);
        Assert.Equal(expected, _written);
    }

    [Fact]
    public void WriteAsync_APieceIsTaken_GoesOn()
    {
        Write(10, 200);
        var mayGoOn = new TaskCompletionSource();
        var reads = _scheduler.Start(async () =>
        {
            await foreach (var piece in _queue.ReadEachAsync(_cancel.Token))
            {
                _queue.Took(piece);
                await mayGoOn.Task;
            }
        });
        Assert.Equal(4, _written);
        mayGoOn.SetResult();
        _scheduler.RunUntilIdle();
        Assert.True(reads.IsCompletedSuccessfully);
        Assert.Equal(10, _written);
    }

    [Fact]
    public void ReadEachAsync_Completed_GivesAllInTurnAndEnds()
    {
        var writes = Write(10, 200);
        var read = new List<long>();
        var reads = _scheduler.Start(async () =>
        {
            await foreach (var piece in _queue.ReadEachAsync(default))
            {
                _queue.Took(piece);
                read.Add(piece.StartSample);
            }
        });
        Assert.True(writes.IsCompletedSuccessfully);
        Assert.True(reads.IsCompletedSuccessfully);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => i * 3_200L), read);
    }

    [Fact]
    public void WriteAsync_CancelledWhileHeldUp_Throws()
    {
        var writes = Write(10, 1_000);
        Assert.False(writes.IsCompleted);
        _cancel.Cancel();
        _scheduler.RunUntilIdle();
        Assert.True(writes.IsCanceled);
        Assert.Equal(1, _written);
    }

    [Fact]
    public async Task WriteAsync_ReadByAnotherThread_NeitherLosesNorHangs()
    {
        const int Pieces = 20_000;
        var stop = TestContext.Current.CancellationToken;
        var random = new Random(1);
        var writes = Task.Run(async () =>
        {
            for (var i = 0; i < Pieces; i++) { await _queue.WriteAsync(Piece(i, random.Next(1, 8_000)), stop); }
            _queue.Complete();
        }, stop);
        var next = 0L;
        await foreach (var piece in _queue.ReadEachAsync(stop))
        {
            _queue.Took(piece);
            Assert.Equal(next++, piece.StartSample);
        }
        await writes.WaitAsync(TimeSpan.FromSeconds(30), stop);
        Assert.Equal(Pieces, next);
    }

    private Task Write(int pieces, int pieceMs) => _scheduler.Start(async () =>
    {
        for (var i = 0; i < pieces; i++)
        {
            var write = _queue.WriteAsync(Piece(i * pieceMs * 16L, pieceMs * 16), _cancel.Token);
            _written++;
            await write;
        }
        _queue.Complete();
    });

    private static SpokenPiece Piece(long start, int samples) => new(0, "", start, new short[samples], [], [], []);
}
