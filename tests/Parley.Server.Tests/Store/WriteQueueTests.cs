using Parley.Sqlite.Timeline;
using Parley.Testing.Transports;
using Parley.Timeline;

namespace Parley.Server.Tests.Store;

/// <summary>The writer lets entries gather, but nobody who waits for them waits for that.</summary>
public sealed class WriteQueueTests : IDisposable
{
    private readonly WriteQueue _queue = new(capacity: 100);
    private readonly List<WriteOperation> _taken = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _queue.Dispose();

    [Fact]
    public void Gather_SomebodyWaitsAlready_ReturnsAtOnce()
    {
        _queue.TryAdd(new Flush());

        Gather(max: 10);

        Assert.True(_queue.Take(_taken, 10, TimeSpan.Zero));
    }

    [Fact]
    public async Task Gather_SomebodyBeginsToWait_Returns()
    {
        _queue.TryAdd(Entry());
        var gathering = Task.Run(() => Gather(max: 10), Cancellation);

        _queue.TryAdd(new Flush());

        await gathering.WaitAsync(ConverseClient.Patience, Cancellation);
    }

    [Fact]
    public async Task Gather_EnoughHasCome_Returns()
    {
        var gathering = Task.Run(() => Gather(max: 3), Cancellation);

        for (var i = 0; i < 3; i++) { _queue.TryAdd(Entry()); }

        await gathering.WaitAsync(ConverseClient.Patience, Cancellation);
    }

    [Fact]
    public async Task Gather_QueueIsClosed_Returns()
    {
        var gathering = Task.Run(() => Gather(max: 3), Cancellation);

        _queue.Close();

        await gathering.WaitAsync(ConverseClient.Patience, Cancellation);
    }

    [Fact]
    public void Gather_WhatWasAwaitedIsTaken_WaitsAgain()
    {
        _queue.TryAdd(new Flush());
        _queue.Take(_taken, 10, TimeSpan.Zero);

        // Nobody waits and nothing comes: the time is waited out.
        _queue.Gather(TimeSpan.FromMilliseconds(1), max: 3);

        Assert.Equal(0, _queue.Count);
    }

    private void Gather(int max) => _queue.Gather(TimeSpan.FromHours(1), max);

    private static NewEntry Entry() => new("s", new TimelineEntry(1, TimeSpan.Zero, TimelineKinds.Refused, "x"));
}
