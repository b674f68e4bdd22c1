using System.Diagnostics;
using System.Net;

namespace Parley.Bench.Load.Http;

/// <summary>
/// So many clients that each ask again as soon as they were answered, over connections that stay open from one run to the next. The owner disposes it.
/// </summary>
/// <param name="server">Whom they ask.</param>
/// <param name="clients">How many: the requests in flight.</param>
internal sealed class ClosedLoop(IPEndPoint server, int clients) : IDisposable
{
    // What is in flight at the end of a run may take so long still.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(20);

    private readonly LoadConnection[] _connections = [.. Enumerable.Range(0, clients).Select(_ => new LoadConnection(server))];

    /// <summary>Asks for <paramref name="duration"/>, and once at the least, and waits for the last answers.</summary>
    /// <param name="request">Every client's.</param>
    /// <param name="tokens">Pieces of content that a whole answer has; another counts as an error.</param>
    /// <param name="duration">How long new requests are sent.</param>
    /// <param name="spread">Clients begin over this time rather than at once: models of a fixed pace would keep them in step for ever.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<LoadSample> RunAsync(
        ReadOnlyMemory<byte> request, int tokens, TimeSpan duration, TimeSpan spread, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(duration + s_grace);
        var sample = new LoadSample();
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(_connections.Select((c, i) => AskAsync(c, spread * i / clients)));
        cancellationToken.ThrowIfCancellationRequested();
        sample.Elapsed = Stopwatch.GetElapsedTime(began);
        return sample;

        async Task AskAsync(LoadConnection connection, TimeSpan delay)
        {
            // Away from the caller, which otherwise would send the first request of each.
            await Task.Delay(delay + TimeSpan.FromMilliseconds(1), limit.Token);
            do
            {
                try
                {
                    sample.Add(await connection.AskAsync(request, limit.Token), tokens);
                }
                catch (Exception e) when (e is IOException or OperationCanceledException)
                {
                    sample.AddError(e.Message);
                    if (limit.IsCancellationRequested) { return; }
                }
            }
            while (Stopwatch.GetElapsedTime(began) < duration);
        }
    }

    public void Dispose()
    {
        foreach (var connection in _connections) { connection.Dispose(); }
    }
}
