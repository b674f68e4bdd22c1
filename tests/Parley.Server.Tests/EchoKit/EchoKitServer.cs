using Microsoft.Extensions.DependencyInjection;
using Parley.Audio.Codecs;
using Parley.Diagnostics;
using Parley.Opus.Codecs;
using Parley.Server.Api;
using Parley.Server.Configuration;
using Parley.Server.Tests.Hosting;
using Parley.Server.Transports.EchoKit;
using Parley.Sessions;
using Parley.Sessions.Admission;
using Parley.Testing.Sessions;
using Parley.Testing.Transports;

namespace Parley.Server.Tests.EchoKit;

/// <summary>The endpoints for EchoKit devices on a free port of this machine, with simulated engines behind them.</summary>
internal sealed class EchoKitServer : IAsyncDisposable
{
    private readonly TestServer _server;
    private readonly List<EchoKitDevice> _devices = [];

    private EchoKitServer(TestServer server) => _server = server;

    public SimulatedEngines Engines => _server.Engines;

    public SessionRegistry Sessions => _server.Sessions;

    public Uri Http => _server.Http;

    /// <summary>Starts one.</summary>
    /// <param name="engines">Changes the engines before the first session.</param>
    /// <param name="options">Changes the options.</param>
    /// <param name="keys">The keys that devices must show; none: whoever comes is let in.</param>
    /// <param name="opus">What stands for libopus; null: itself.</param>
    /// <param name="gate">Turns new sessions away; null: nobody does.</param>
    public static async Task<EchoKitServer> StartAsync(
        Action<SimulatedEngines>? engines = null, Action<EchoKitOptions>? options = null, string[]? keys = null, IOpusCodec? opus = null, AdmissionGate? gate = null)
    {
        var chosen = new EchoKitOptions { Hello = "" };
        options?.Invoke(chosen);
        return new EchoKitServer(await TestServer.StartAsync(
            engines, keys: new ApiKeys(keys ?? []), services: services =>
            {
                services.AddSingleton(TimeProvider.System).AddSingleton(new ParleyMetrics()).AddSingleton(AudioServices.Codecs()).AddSingleton(opus ?? new OpusCodec());
                services.AddEchoKit(chosen);
            },
            routes: app => app.MapEchoKit(), gate: gate));
    }

    /// <summary>A device that is connected; disposed with the server.</summary>
    public async Task<EchoKitDevice> ConnectAsync(string path, string? key = null)
    {
        var device = Device();
        await device.ConnectAsync(_server.WebSocket, path, key);
        return device;
    }

    /// <summary>The status with which a device is refused.</summary>
    public async Task<int> RefusedAsync(string path, string? key = null)
    {
        var device = Device();
        await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => device.ConnectAsync(_server.WebSocket, path, key));
        return (int)device.Socket.HttpStatusCode;
    }

    /// <summary>Waits until nothing of any session is left.</summary>
    public Task SettleAsync() => _server.SettleAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var device in _devices) { device.Dispose(); }
        await _server.DisposeAsync();
    }

    private EchoKitDevice Device()
    {
        var device = new EchoKitDevice();
        _devices.Add(device);
        return device;
    }
}
