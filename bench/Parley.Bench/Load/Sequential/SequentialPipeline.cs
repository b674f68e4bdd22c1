using System.Diagnostics;
using System.Net.Security;
using Parley.Audio;

namespace Parley.Bench.Load.Sequential;

/// <summary>A conversation as simple programs have it: each engine is asked once, with all there is, when the one before has answered.</summary>
internal static class SequentialPipeline
{
    /// <summary>Turns one after the other.</summary>
    /// <param name="engines">Where they are.</param>
    /// <param name="pooled">Whether connections are kept; else each call makes its own.</param>
    /// <param name="turns">How many.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>For each turn the milliseconds from the last sample of speech to the first of the answer.</returns>
    public static async Task<IReadOnlyList<double>> RunAsync(Uri engines, bool pooled, int turns, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler
        {
            PooledConnectionLifetime = pooled ? Timeout.InfiniteTimeSpan : TimeSpan.Zero,
#pragma warning disable CA5359 // The engines are this program's own.
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = static (_, _, _, _) => true },
#pragma warning restore CA5359
        };
        using var http = new HttpClient(handler) { BaseAddress = engines, Timeout = TimeSpan.FromSeconds(30) };
        var speech = new byte[2 * AudioMath.SamplesIn(EngineLatencies.Utterance, AudioMath.SpeechRate)];
        var times = new List<double>();
        for (var turn = 0; turn < turns; turn++)
        {
            var began = Stopwatch.GetTimestamp();
            foreach (var (path, _, _) in EngineHost.Engines)
            {
                using var body = new ByteArrayContent(speech);
                using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), body, cancellationToken);
                answer.EnsureSuccessStatusCode();
                await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            }
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        return times;
    }
}
