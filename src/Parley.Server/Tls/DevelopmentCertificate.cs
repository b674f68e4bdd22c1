using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Parley.Server.Configuration;

namespace Parley.Server.Tls;

/// <summary>A certificate for this machine that the server signs itself, kept for its owner alone and made anew before it expires.</summary>
/// <param name="folder">Where it is kept, as <c>development.pem</c> with <c>development.key</c>.</param>
/// <param name="time">The clock that it expires on.</param>
internal sealed class DevelopmentCertificate(string folder, TimeProvider time)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private static readonly TimeSpan s_lifetime = TimeSpan.FromDays(365), s_renewedBefore = TimeSpan.FromDays(30), s_clockSkew = TimeSpan.FromDays(1);

    private readonly string _certificate = Path.Combine(folder, "development.pem"), _key = Path.Combine(folder, "development.key");

    /// <summary>The folder <c>parley/tls</c> in <c>$XDG_DATA_HOME</c>, or in <c>~/.local/share</c> where that is not set.</summary>
    /// <exception cref="ConfigurationException">This user has no place for data.</exception>
    public static string DefaultFolder
    {
        get
        {
            var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return data.Length > 0 ? Path.Combine(data, "parley", "tls")
                : throw new ConfigurationException("Parley:Tls:Certificate: this user has no home to keep a certificate in, so name one.");
        }
    }

    /// <summary>The one that is kept, or a new one where none is, or none that may still be used.</summary>
    /// <exception cref="ConfigurationException">It cannot be kept.</exception>
    public ServerCertificate Get()
    {
        try
        {
            return new(Load() ?? Create(), [], _certificate, IsForDevelopment: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"The certificate for development cannot be kept in {folder}, so name one as Parley:Tls:Certificate. {e.Message}", e);
        }
    }

    private X509Certificate2? Load()
    {
        if (!File.Exists(_certificate) || !File.Exists(_key) || !IsPrivate(_key)) { return null; }
        try
        {
            var kept = X509Certificate2.CreateFromPemFile(_certificate, _key);
            var isGood = kept.NotAfter.ToUniversalTime() - s_renewedBefore > time.GetUtcNow() && Names().All(n => kept.MatchesHostname(n));
            if (isGood) { return kept; }
            kept.Dispose();
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            // Damaged, or of two writers at once: a new one costs a moment.
        }
        return null;
    }

    private X509Certificate2 Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Parley (development)", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in Names()) { names.AddDnsName(name); }
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        var now = time.GetUtcNow();
        var made = request.CreateSelfSigned(now - s_clockSkew, now + s_lifetime);

        CreateFolder();
        Write(_key, key.ExportPkcs8PrivateKeyPem());
        Write(_certificate, made.ExportCertificatePem());
        return made;
    }

    private static IEnumerable<string> Names()
    {
        yield return "localhost";
        var host = Dns.GetHostName();
        if (Uri.CheckHostName(host) == UriHostNameType.Dns && host != "localhost") { yield return host; }
    }

    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows()) { Directory.CreateDirectory(folder); }
        else { Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute); }
    }

    private static bool IsPrivate(string path) => OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & ~OwnerOnly) == 0;

    private static void Write(string path, string pem)
    {
        var part = path + ".part";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) { options.UnixCreateMode = OwnerOnly; }
        // What an earlier run left there would keep its rights.
        File.Delete(part);
        using (var writer = new StreamWriter(part, options)) { writer.Write(pem); }
        File.Move(part, path, overwrite: true);
    }
}
