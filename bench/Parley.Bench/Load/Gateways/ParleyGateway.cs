using System.Net;
using Parley.Bench.Load.Http;
using Parley.Bench.Load.Models;

namespace Parley.Bench.Load.Gateways;

/// <summary>Parley's own server as users run it, with an engine for each simulated model that a benchmark asks for.</summary>
internal sealed class ParleyGateway : IDisposable
{
    private const string DefaultModel = "parley", Alone = ",\"disable_quick_response\":true";

    private readonly ServerProcess _server;
    private readonly IPEndPoint _address;

    private ParleyGateway(ServerProcess server, IPEndPoint address) => (_server, _address) = (server, address);

    /// <summary>Relaying a model that is asked for by name: what the other gateways do.</summary>
    public Gateway Direct => new("parley", _address, (b, s) => Request(b.Name, s, Alone)) { Process = _server.Process };

    /// <summary>The default model, opened by the small one. It is asked for nothing else.</summary>
    public Gateway Quick => new("parley-quick", _address, (_, s) => Request(DefaultModel, s, "")) { Process = _server.Process };

    /// <summary>The default model alone.</summary>
    public Gateway Unopened => new("parley-direct", _address, (_, s) => Request(DefaultModel, s, Alone)) { Process = _server.Process };

    /// <summary>Starts it.</summary>
    /// <param name="models">Where the models are.</param>
    /// <param name="quick">The small model.</param>
    /// <param name="behaviours">The others; the first is the default one, which the small one opens.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="IOException">It does not start.</exception>
    public static async Task<ParleyGateway> StartAsync(
        ModelProcess models, ModelBehaviour quick, IReadOnlyList<ModelBehaviour> behaviours, CancellationToken cancellationToken)
    {
        var address = new IPEndPoint(IPAddress.Loopback, LocalProcess.FreePort());
        string[] settings =
        [
            "--Parley:Store:Path=", $"--Parley:Engines:Reply={behaviours[0].Name}", $"--Parley:Engines:Quick={quick.Name}",
            .. behaviours.Append(quick).SelectMany(b => (string[])
            [
                $"--Parley:Upstreams:{b.Name}:BaseUrl={models.BaseUrl(b)}", $"--Parley:Chat:{b.Name}:Model=simulated",
            ]),
        ];
        return new ParleyGateway(await ServerProcess.StartAsync(address.Port, settings, cancellationToken), address);
    }

    /// <summary>Bytes that the server has allocated since its start.</summary>
    public Task<long> AllocatedBytesAsync(CancellationToken cancellationToken) => _server.AllocatedBytesAsync(cancellationToken);

    public void Dispose() => _server.Dispose();

    private ReadOnlyMemory<byte> Request(string model, bool isStreamed, string more) =>
        ChatRequest.Serialize(_address, "/v1/chat/completions", ChatRequest.Body(model, isStreamed, more));
}
