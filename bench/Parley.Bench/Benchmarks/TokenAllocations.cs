using Parley.Bench.Load.Gateways;
using Parley.Bench.Load.Http;
using Parley.Bench.Load.Models;
using Parley.Bench.Reporting;

namespace Parley.Bench.Benchmarks;

/// <summary>
/// What the server allocates for each token that it relays: the difference between long and short answers, so that a request's own cost does not count. The
/// model pauses after each token, so that none travels with another.
/// </summary>
internal static class TokenAllocations
{
    private const int Clients = 20, Repeats = 4;

    public static readonly ModelBehaviour Short = new(1, 16, 2), Long = new(1, 316, 2);

    /// <returns>Bytes a token, and bytes a request beyond its tokens.</returns>
    public static async Task<(double PerToken, double PerRequest)> MeasureAsync(ParleyGateway parley, CancellationToken cancellationToken)
    {
        using var loop = new ClosedLoop(parley.Direct.Address, Clients);
        var (fewBytes, few) = await RunAsync(Short, 20 * Repeats);
        var (manyBytes, many) = await RunAsync(Long, Repeats);
        var perToken = (manyBytes / many - fewBytes / few) / (Long.Tokens - Short.Tokens);
        BenchReport.Progress($"gateway: {perToken:0.0} bytes allocated a token");
        return (Math.Round(perToken, 1), Math.Round(fewBytes / few - perToken * Short.Tokens));

        async Task<(double Bytes, int Answers)> RunAsync(ModelBehaviour model, int repeats)
        {
            var request = parley.Direct.Request(model, true);
            var duration = TimeSpan.FromMilliseconds((model.FirstTokenMs + model.GapMs * model.Tokens) * repeats);
            await loop.RunAsync(request, model.Tokens, TimeSpan.FromMilliseconds(200), TimeSpan.Zero, cancellationToken);
            var before = await parley.AllocatedBytesAsync(cancellationToken);
            var sample = await loop.RunAsync(request, model.Tokens, duration, TimeSpan.Zero, cancellationToken);
            var bytes = await parley.AllocatedBytesAsync(cancellationToken) - before;
            return sample.Errors == 0 ? (bytes, sample.FirstContent.Count) : throw new IOException($"Answers failed: {sample.FirstError}");
        }
    }
}
