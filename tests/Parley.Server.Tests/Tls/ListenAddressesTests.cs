using Parley.Server.Configuration;
using Parley.Server.Tls;

namespace Parley.Server.Tests.Tls;

public sealed class ListenAddressesTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8710", false, "http://127.0.0.1:8710")]
    [InlineData("http://127.0.0.1:8710", true, "http://127.0.0.1:8710", "https://127.0.0.1:8711")]
    [InlineData("http://*:80; http://[::1]:0;", true, "http://*:80", "http://[::1]:0", "https://*:443", "https://[::1]:0")]
    [InlineData("http://localhost:8710;https://localhost:9000", true, "http://localhost:8710", "https://localhost:9000")]
    [InlineData("http://unix:/run/parley.sock", true, "http://unix:/run/parley.sock")]
    public void Of_List_GivesWhereToListen(string urls, bool https, params string[] expected) => Assert.Equal(expected, ListenAddresses.Of(urls, https));

    [Theory]
    [InlineData("127.0.0.1:8710")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("http://")]
    public void IsHttps_NoAddress_NamesTheSetting(string url) =>
        Assert.Contains("Parley:Server:Urls", Assert.Throws<ConfigurationException>(() => ListenAddresses.IsHttps(url)).Message, StringComparison.Ordinal);
}
