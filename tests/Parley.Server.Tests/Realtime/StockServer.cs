using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Parley.Audio;
using Parley.Replies.Tools;
using Parley.Server.Api;
using Parley.Server.Api.Realtime;
using Parley.Server.Configuration;
using Parley.Server.Tests.Hosting;
using Parley.Server.Tls;
using Parley.Testing.Simulated;

namespace Parley.Server.Tests.Realtime;

/// <summary>A server for stock clients of the Realtime API: it asks for a key, speaks TLS too and has a <see cref="StoryTeller"/>; and what to say to it.</summary>
internal sealed class StockServer : IAsyncDisposable
{
    public const string Key = "a-key";

    private const int SampleRate = 24_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("parley-stock-").FullName;

    private StockServer() { }

    public TestServer Server { get; private set; } = null!;

    /// <summary>The certificate that clients over TLS must trust.</summary>
    public string Trusted => Path.Combine(_folder, "development.pem");

    /// <summary>A file with a spoken turn as PCM16 at 24 kHz, silence at its end.</summary>
    public string Speech => Path.Combine(_folder, "speech.pcm");

    public static async Task<StockServer> StartAsync()
    {
        var stock = new StockServer();
        var voice = Pcm16.ToBytes(SimulatedVoice.Vowels(SampleRate));
        await File.WriteAllBytesAsync(
            stock.Speech, [.. Enumerable.Repeat(voice, 8).SelectMany(v => v), .. Voice.Silence(900, SampleRate)], TestContext.Current.CancellationToken);
        var certificate = new DevelopmentCertificate(stock._folder, TimeProvider.System).Get();
        stock.Server = await TestServer.StartAsync(
            e => e.Reply = new ToolCallingChatClient(new StoryTeller(), [], TimeProvider.System), keys: new ApiKeys([Key]), secrets: new ClientSecrets(TimeProvider.System),
            services: services => services.AddSingleton(TimeProvider.System).AddSingleton(new GatewayOptions()).Configure<KestrelServerOptions>(kestrel =>
            {
                kestrel.Listen(IPAddress.Loopback, 0);
                kestrel.Listen(IPAddress.Loopback, 0, https => https.UseHttps(certificate.Leaf));
            }),
            routes: app => app.MapApi().MapClientSecrets());
        return stock;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
