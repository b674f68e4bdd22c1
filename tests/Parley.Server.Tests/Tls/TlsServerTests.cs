using System.Net.WebSockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Parley.Server.Tests.Tls;

/// <summary>The server over real sockets with TLS.</summary>
public sealed class TlsServerTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parley-tls-").FullName;
    private readonly X509Certificate2 _leaf, _issuer;
    private WebApplication _app = null!;

    public TlsServerTests() => (_leaf, _issuer) = Certificates.Create();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Http => _app.Urls.Single(u => u.StartsWith("http:", StringComparison.Ordinal));

    private string Https => _app.Urls.Single(u => u.StartsWith("https:", StringComparison.Ordinal));

    public async ValueTask InitializeAsync()
    {
        var file = Path.Combine(_folder, "server.pem");
        using var key = _leaf.GetECDsaPrivateKey()!;
        await File.WriteAllTextAsync(file, _leaf.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem(), Cancellation);
        _app = ParleyServer.Build(
            ["--Parley:Server:Urls=http://127.0.0.1:0", "--Parley:Server:Https=true", $"--Parley:Tls:Certificate={file}", "--Parley:Store:Enabled=false"],
            builder => builder.Logging.ClearProviders());
        await _app.StartAsync(Cancellation);
    }

    [Fact]
    public async Task Get_HttpAndHttps_AreServedBesideEachOther()
    {
        using var client = new HttpClient(Certificates.ClientOf(_issuer));

        Assert.Equal(["ok", "ok"], [await client.GetStringAsync($"{Http}/health/live", Cancellation), await client.GetStringAsync($"{Https}/health/live", Cancellation)]);
    }

    [Fact]
    public async Task Get_ClientThatTrustsAnother_IsGivenNothing()
    {
        var (_, stranger) = Certificates.Create();
        using var client = new HttpClient(Certificates.ClientOf(stranger));

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync($"{Https}/health/live", Cancellation));
        Assert.IsType<AuthenticationException>(failure.InnerException);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Converse_OverTls_IsAnswered(string version)
    {
        using var invoker = new HttpMessageInvoker(Certificates.ClientOf(_issuer));
        using var socket = new ClientWebSocket();
        socket.Options.HttpVersion = new Version(version);
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        socket.Options.AddSubProtocol("parley.v1");

        await socket.ConnectAsync(new Uri(Https.Replace("https", "wss", StringComparison.Ordinal) + "/v1/converse"), invoker, Cancellation);
        await socket.SendAsync("""{"type":"ping","t":7}"""u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, Cancellation);
        var answer = new byte[1_024];
        var received = await socket.ReceiveAsync(answer, Cancellation);

        Assert.Equal("parley.v1", socket.SubProtocol);
        Assert.Contains("\"pong\"", Encoding.UTF8.GetString(answer, 0, received.Count), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _leaf.Dispose();
        _issuer.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
