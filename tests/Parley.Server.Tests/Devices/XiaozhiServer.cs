using Microsoft.Extensions.DependencyInjection;
using Parley.Audio.Codecs;
using Parley.Server.Api;
using Parley.Server.Configuration;
using Parley.Server.Tests.Hosting;
using Parley.Server.Transports.Xiaozhi;
using Parley.Testing.Sessions;
using Parley.Testing.Simulated;
using Parley.Testing.Transports;

namespace Parley.Server.Tests.Devices;

/// <summary>A server for xiaozhi devices, with simulated engines, and the devices that call it.</summary>
internal sealed class XiaozhiServer : IAsyncDisposable
{
    private readonly IOpusCodec _opus;
    private readonly List<XiaozhiDevice> _devices = [];

    private XiaozhiServer(TestServer server, IOpusCodec opus) => (Server, _opus) = (server, opus);

    public TestServer Server { get; }

    public Uri Conversation => new(Server.WebSocket, XiaozhiRoutes.Conversation);

    public Uri Directions => new(Server.Http, XiaozhiRoutes.Directions);

    public static async Task<XiaozhiServer> StartAsync(
        Action<SimulatedEngines>? engines = null, XiaozhiOptions? options = null, string[]? keys = null, IOpusCodec? opus = null, int maxSessions = 100)
    {
        opus ??= new SimulatedOpus();
        var server = await TestServer.StartAsync(engines, maxSessions: maxSessions, keys: keys is null ? null : new ApiKeys(keys), services: services =>
        {
            services.AddSingleton(opus);
            services.AddSingleton(TimeProvider.System);
            services.AddXiaozhi(options ?? new XiaozhiOptions());
        }, routes: XiaozhiRoutes.MapXiaozhi);
        return new XiaozhiServer(server, opus);
    }

    /// <summary>A device that has said nothing; disposed with the server.</summary>
    public XiaozhiDevice Device()
    {
        var device = new XiaozhiDevice(_opus);
        _devices.Add(device);
        return device;
    }

    /// <summary>A device that is connected.</summary>
    public async Task<XiaozhiDevice> ConnectAsync(string deviceId = "aa:bb:cc:dd:ee:ff", string clientId = "6ba7b810", string? token = null)
    {
        var device = Device();
        await device.ConnectAsync(Conversation, deviceId, clientId, token);
        return device;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var device in _devices) { device.Dispose(); }
        await Server.DisposeAsync();
    }
}
