using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Parley.Server.Configuration;

namespace Parley.Server.Tls;

/// <summary>Reads the certificate that the configuration names.</summary>
internal static class CertificateFiles
{
    /// <exception cref="ConfigurationException">It cannot be used; the message names the setting and the file.</exception>
    public static ServerCertificate Read(TlsOptions options)
    {
        var path = Path.GetFullPath(options.Certificate!);
        var content = ReadFile(path, nameof(options.Certificate));
        var pem = Text(content);
        return pem.Contains("-----BEGIN ", StringComparison.Ordinal) ? ReadPem(path, pem, options) : ReadPfx(path, content, options);
    }

    private static ServerCertificate ReadPfx(string path, byte[] content, TlsOptions options)
    {
        if (options.Key is not null) { throw Fault(nameof(options.Key), $"{path} is no PEM file, so it must hold its key itself."); }
        X509Certificate2Collection all;
        try
        {
            all = X509CertificateLoader.LoadPkcs12Collection(content, options.Password);
        }
        catch (CryptographicException e)
        {
            throw Fault(nameof(options.Certificate), $"{path} is neither PEM nor PFX, or Parley:Tls:Password does not open it.", e);
        }
        var leaf = all.FirstOrDefault(c => c.HasPrivateKey) ?? throw Fault(nameof(options.Certificate), $"{path} holds no private key.");
        return Issued(leaf, all, path);
    }

    private static ServerCertificate ReadPem(string path, string pem, TlsOptions options)
    {
        var key = options.Key is { } file ? Text(ReadFile(Path.GetFullPath(file), nameof(options.Key))) : pem;
        if (!key.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            throw Fault(nameof(options.Key), options.Key is null ? $"{path} holds no private key; name the PEM file that does." : $"{options.Key} holds no private key.");
        }
        if (key.Contains("-----BEGIN ENCRYPTED", StringComparison.Ordinal) && options.Password is null) { throw Fault(nameof(options.Password), "The key is locked."); }
        try
        {
            var all = new X509Certificate2Collection();
            all.ImportFromPem(pem);
            var leaf = options.Password is { } password ? X509Certificate2.CreateFromEncryptedPem(pem, key, password) : X509Certificate2.CreateFromPem(pem, key);
            return Issued(leaf, all, path);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw Fault(nameof(options.Certificate), $"{path} and its key cannot be used: {e.Message}", e);
        }
    }

    private static ServerCertificate Issued(X509Certificate2 leaf, X509Certificate2Collection all, string path) =>
        new(leaf, [.. all.Where(c => c.Thumbprint != leaf.Thumbprint)], path);

    private static byte[] ReadFile(string path, string setting)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Fault(setting, e.Message, e);
        }
    }

    private static string Text(byte[] content) => System.Text.Encoding.Latin1.GetString(content);

    private static ConfigurationException Fault(string setting, string message, Exception? inner = null) => new($"Parley:Tls:{setting}: {message}", inner);
}
