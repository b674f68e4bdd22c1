using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Parley.Bench.Load.Sequential;

/// <summary>Engines that each answer one request whole, over TLS, after the time that they take.</summary>
internal static class EngineHost
{
    /// <summary>By the order in which a turn needs them.</summary>
    public static readonly IReadOnlyList<(string Path, TimeSpan Takes, int AnswerBytes)> Engines =
    [
        ("/vad", EngineLatencies.Vad, 32),
        ("/asr", EngineLatencies.Asr, 64),
        ("/reply", EngineLatencies.Reply, 400),
        ("/speech", EngineLatencies.Speech, 600_000),
    ];

    /// <summary>Starts it on a free port.</summary>
    public static async Task<WebApplication> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listener => listener.UseHttps(Certificate())));
        var app = builder.Build();
        foreach (var (path, takes, bytes) in Engines)
        {
            var answer = new byte[bytes];
            app.MapPost(path, async (HttpContext context) =>
            {
                await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
                await Task.Delay(takes, context.RequestAborted);
                await context.Response.Body.WriteAsync(answer, context.RequestAborted);
            });
        }
        await app.StartAsync(cancellationToken);
        return app;
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddDays(1));
        // With its key in a file of its own, as TLS wants it.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
