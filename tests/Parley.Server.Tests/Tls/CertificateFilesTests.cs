using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Parley.Server.Configuration;
using Parley.Server.Tls;

namespace Parley.Server.Tests.Tls;

public sealed class CertificateFilesTests : IDisposable
{
    private const string Password = "a-password-that-nobody-may-see";

    private readonly string _folder = Directory.CreateTempSubdirectory("parley-tls-").FullName;
    private readonly X509Certificate2 _leaf, _issuer;

    public CertificateFilesTests()
    {
        (_leaf, _issuer) = Certificates.Create();
        using var key = _leaf.GetECDsaPrivateKey()!;
        var locked = key.ExportEncryptedPkcs8PrivateKeyPem(Password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1_000));
        using var other = ECDsa.Create();
        var chain = _leaf.ExportCertificatePem() + "\n" + _issuer.ExportCertificatePem();
        Write("chain.pem", chain);
        Write("all.pem", chain + "\n" + key.ExportPkcs8PrivateKeyPem());
        Write("key.pem", key.ExportPkcs8PrivateKeyPem());
        Write("locked.pem", locked);
        Write("other.pem", other.ExportPkcs8PrivateKeyPem());
        Write("empty.pem", "");
        File.WriteAllBytes(At("open.pfx"), new X509Certificate2Collection { _leaf, _issuer }.Export(X509ContentType.Pfx)!);
        File.WriteAllBytes(At("locked.pfx"), new X509Certificate2Collection { _leaf, _issuer }.Export(X509ContentType.Pfx, Password)!);
    }

    [Theory]
    [InlineData("all.pem", null, null)]
    [InlineData("chain.pem", "key.pem", null)]
    [InlineData("chain.pem", "locked.pem", Password)]
    [InlineData("open.pfx", null, null)]
    [InlineData("locked.pfx", null, Password)]
    public void Read_Files_GiveCertificateKeyAndIssuer(string certificate, string? key, string? password)
    {
        var read = CertificateFiles.Read(Options(certificate, key, password));

        Assert.Equal((_leaf.Thumbprint, true), (read.Leaf.Thumbprint, read.Leaf.HasPrivateKey));
        Assert.Equal(_issuer.Thumbprint, Assert.Single(read.Issuers).Thumbprint);
        Assert.Equal((At(certificate), false), (read.Path, read.IsForDevelopment));
    }

    [Theory]
    [InlineData("nowhere.pem", null, null, "Certificate")]
    [InlineData("empty.pem", null, null, "Certificate")]
    [InlineData("chain.pem", null, null, "Key")]
    [InlineData("chain.pem", "nowhere.pem", null, "Key")]
    [InlineData("chain.pem", "empty.pem", null, "Key")]
    [InlineData("chain.pem", "other.pem", null, "Certificate")]
    [InlineData("key.pem", null, null, "Certificate")]
    [InlineData("chain.pem", "locked.pem", null, "Password")]
    [InlineData("chain.pem", "locked.pem", "wrong", "Certificate")]
    [InlineData("locked.pfx", null, "wrong", "Certificate")]
    [InlineData("open.pfx", "key.pem", null, "Key")]
    public void Read_WrongFiles_NameTheSettingAndNoPassword(string certificate, string? key, string? password, string setting)
    {
        var failure = Assert.Throws<ConfigurationException>(() => CertificateFiles.Read(Options(certificate, key, password)));

        Assert.StartsWith($"Parley:Tls:{setting}: ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", failure.Message, StringComparison.Ordinal);
    }

    private TlsOptions Options(string certificate, string? key, string? password) =>
        new() { Certificate = At(certificate), Key = key is null ? null : At(key), Password = password };

    private string At(string name) => Path.Combine(_folder, name);

    private void Write(string name, string pem) => File.WriteAllText(At(name), pem);

    public void Dispose()
    {
        _leaf.Dispose();
        _issuer.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
