using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Server.Configuration;

namespace Parley.Server.Tls;

/// <summary>Puts the addresses and the certificate of https into the host.</summary>
internal static partial class TlsHosting
{
    /// <summary>Sets where the server listens.</summary>
    /// <returns>The certificate of https; null where it is not served.</returns>
    /// <exception cref="ConfigurationException">An address or the certificate cannot be used; the message names the setting.</exception>
    public static ServerCertificate? Listen(this WebApplicationBuilder builder, ServerOptions server, TlsOptions tls)
    {
        var urls = ListenAddresses.Of(builder.WebHost.GetSetting(WebHostDefaults.ServerUrlsKey) ?? server.Urls, server.Https);
        builder.WebHost.UseUrls(urls);
        if (!urls.Any(ListenAddresses.IsHttps)) { return null; }
        var certificate = string.IsNullOrEmpty(tls.Certificate)
            ? new DevelopmentCertificate(DevelopmentCertificate.DefaultFolder, TimeProvider.System).Get() : CertificateFiles.Read(tls);
        builder.WebHost.UseTls(certificate);
        return certificate;
    }

    /// <summary>Serves the https addresses with <paramref name="certificate"/>.</summary>
    public static void UseTls(this IWebHostBuilder host, ServerCertificate certificate)
    {
        host.UseKestrelHttpsConfiguration();
        host.ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https =>
        {
            https.ServerCertificate = certificate.Leaf;
            https.ServerCertificateChain = certificate.Issuers;
        }));
    }

    /// <summary>Says where the certificate is, and how long it is good.</summary>
    public static void LogTls(this ILogger logger, ServerCertificate certificate)
    {
        var end = certificate.Leaf.NotAfter.ToUniversalTime();
        if (end < TimeProvider.System.GetUtcNow()) { LogExpired(logger, certificate.Path, end); }
        else if (certificate.IsForDevelopment) { LogDevelopment(logger, certificate.Path, end); }
        else { LogCertificate(logger, certificate.Path, end); }
    }

    [LoggerMessage(LogLevel.Information, "https is served with the certificate {Path}, which is good until {End:yyyy-MM-dd}.")]
    private static partial void LogCertificate(ILogger logger, string path, DateTime end);

    [LoggerMessage(LogLevel.Information, "https is served with a certificate that Parley made for development, good until {End:yyyy-MM-dd}; tell clients to trust {Path}")]
    private static partial void LogDevelopment(ILogger logger, string path, DateTime end);

    [LoggerMessage(LogLevel.Warning, "https is served with the certificate {Path}, which expired on {End:yyyy-MM-dd}: clients refuse it.")]
    private static partial void LogExpired(ILogger logger, string path, DateTime end);
}
