using System.Net;
using Parley.Bench.Load.Http;
using Parley.Bench.Load.Models;

namespace Parley.Bench.Load.Gateways;

/// <summary>A way to the simulated models that requests can take: straight, or through a program that stands between.</summary>
/// <param name="Name">As the report calls it.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="Request">A request to a model of that behaviour, streamed or not.</param>
internal sealed record Gateway(string Name, IPEndPoint Address, Func<ModelBehaviour, bool, ReadOnlyMemory<byte>> Request) : IDisposable
{
    /// <summary>The program; null on the straight way.</summary>
    public LocalProcess? Process { get; init; }

    /// <summary>False where it cannot answer streamed requests.</summary>
    public bool Streams { get; init; } = true;

    /// <summary>Waits until its program listens; where it does not, it is ended.</summary>
    /// <exception cref="IOException">It ended, or does not get ready.</exception>
    public async Task<Gateway> WhenListeningAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (Process is not null) { await Process.WaitForPortAsync(Address, cancellationToken); }
            return this;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The straight way.</summary>
    public static Gateway Direct(ModelProcess models) => new("direct", models.Address, (b, s) => PathRequest(models.Address, b, s));

    /// <summary>A request whose path names the model, for whatever passes paths on.</summary>
    public static ReadOnlyMemory<byte> PathRequest(IPEndPoint address, ModelBehaviour behaviour, bool isStreamed) =>
        ChatRequest.Serialize(address, behaviour.ChatPath, ChatRequest.Body("simulated", isStreamed));

    public void Dispose() => Process?.Dispose();
}
