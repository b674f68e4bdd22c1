using Parley.Server.Threading;

namespace Parley.Server.Tests.Threading;

public sealed class ServiceLoopTests
{
    [Fact]
    public async Task UntilStoppedAsync_ServerGoes_IsNoFailure()
    {
        using var stopping = new CancellationTokenSource();
        var loop = Task.Delay(Timeout.InfiniteTimeSpan, stopping.Token).UntilStoppedAsync(stopping.Token);
        Assert.False(loop.IsCompleted);
        await stopping.CancelAsync();
        await loop;
    }

    [Fact]
    public async Task UntilStoppedAsync_CancelledWhileTheServerRuns_Throws() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.FromCanceled(new CancellationToken(canceled: true)).UntilStoppedAsync(CancellationToken.None));

    [Fact]
    public async Task UntilStoppedAsync_LoopFails_Throws() =>
        await Assert.ThrowsAsync<IOException>(() => Task.FromException(new IOException("disk")).UntilStoppedAsync(new CancellationToken(canceled: true)));
}
