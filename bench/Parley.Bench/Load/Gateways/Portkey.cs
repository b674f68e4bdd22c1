using System.Net;
using Parley.Bench.Load.Http;
using Parley.Bench.Load.Models;

namespace Parley.Bench.Load.Gateways;

/// <summary>
/// npm <c>@portkey-ai/gateway</c>. On Node 20 it fails every streamed request ("immutable" headers), so it is asked for whole answers alone.
/// </summary>
internal static class Portkey
{
    /// <summary>The folder with its <c>package.json</c>, seen from the folder that this program is run in or is built into.</summary>
    private static readonly string[] s_homes = ["bench/peers", Path.Combine(AppContext.BaseDirectory, "../../../../bench/peers")];

    /// <exception cref="IOException">It or Node is not installed, or it does not start.</exception>
    public static Task<Gateway> StartAsync(ModelProcess models, CancellationToken cancellationToken)
    {
        const string Server = "node_modules/@portkey-ai/gateway/build/start-server.js";
        var home = s_homes.Select(Path.GetFullPath).FirstOrDefault(h => File.Exists(Path.Combine(h, Server)))
            ?? throw new IOException("bench/peers/node_modules is not there.");
        var address = new IPEndPoint(IPAddress.Loopback, LocalProcess.FreePort());
        var process = LocalProcess.Start(
            "node", ["--require", Path.Combine(home, "loopback.cjs"), Path.Combine(home, Server), "--headless", $"--port={address.Port}"],
            new Dictionary<string, string> { ["NODE_ENV"] = "production" });
        return new Gateway("portkey", address, Request) { Process = process, Streams = false }.WhenListeningAsync(cancellationToken);

        ReadOnlyMemory<byte> Request(ModelBehaviour behaviour, bool isStreamed) => ChatRequest.Serialize(
            address, "/v1/chat/completions", ChatRequest.Body("simulated", isStreamed),
            "Authorization: Bearer none", "x-portkey-provider: openai", $"x-portkey-custom-host: {models.BaseUrl(behaviour)}");
    }
}
