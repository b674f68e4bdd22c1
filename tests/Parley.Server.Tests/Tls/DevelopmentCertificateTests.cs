using System.Net;
using System.Runtime.Versioning;
using Parley.Server.Configuration;
using Parley.Server.Tls;
using Parley.Time;

namespace Parley.Server.Tests.Tls;

[UnsupportedOSPlatform("windows")]
public sealed class DevelopmentCertificateTests : IDisposable
{
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("parley-tls-").FullName, "tls");
    private readonly VirtualClock _time = new();

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Get_NoneIsKept_MakesOneForThisMachine(string name)
    {
        var made = Get();

        Assert.True(made.Leaf.MatchesHostname(name));
        Assert.True(made.Leaf.MatchesHostname(Dns.GetHostName()));
        Assert.True(made.Leaf.HasPrivateKey);
        Assert.Equal((Path.Combine(_folder, "development.pem"), true), (made.Path, made.IsForDevelopment));
    }

    [Fact]
    public void Get_OneIsKept_GivesTheSame() => Assert.Equal(Get().Leaf.Thumbprint, Get().Leaf.Thumbprint);

    [Fact]
    public void Get_NewFiles_AreForTheirOwnerAlone()
    {
        Get();

        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(owner | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder));
        Assert.All(Directory.GetFiles(_folder), file => Assert.Equal(owner, File.GetUnixFileMode(file)));
    }

    [Fact]
    public void Get_NearlyExpired_MakesAnother()
    {
        var old = Get();
        Assert.Equal(_time.GetUtcNow().AddDays(365), old.Leaf.NotAfter, TimeSpan.FromSeconds(2));

        _time.Advance(TimeSpan.FromDays(340));
        var renewed = Get();

        Assert.NotEqual(old.Leaf.Thumbprint, renewed.Leaf.Thumbprint);
        Assert.Equal(renewed.Leaf.Thumbprint, Get().Leaf.Thumbprint);
    }

    [Fact]
    public void Get_Damaged_MakesAnother()
    {
        var old = Get();
        File.WriteAllText(old.Path, "-----BEGIN CERTIFICATE-----");

        Assert.NotEqual(old.Leaf.Thumbprint, Get().Leaf.Thumbprint);
    }

    [Fact]
    public void Get_KeyThatOthersMayRead_MakesAnother()
    {
        var old = Get();
        var key = Path.Combine(_folder, "development.key");
        File.SetUnixFileMode(key, File.GetUnixFileMode(key) | UnixFileMode.OtherRead);

        Assert.NotEqual(old.Leaf.Thumbprint, Get().Leaf.Thumbprint);
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(key) & UnixFileMode.OtherRead);
    }

    [Fact]
    public void Get_FolderIsAFile_SaysWhatToDo()
    {
        File.WriteAllText(_folder, "");

        Assert.Contains("Parley:Tls:Certificate", Assert.Throws<ConfigurationException>(Get).Message, StringComparison.Ordinal);
    }

    private ServerCertificate Get() => new DevelopmentCertificate(_folder, _time).Get();

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
}
