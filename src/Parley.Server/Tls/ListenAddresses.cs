using Microsoft.AspNetCore.Http;
using Parley.Server.Configuration;

namespace Parley.Server.Tls;

/// <summary>Where the server listens.</summary>
internal static class ListenAddresses
{
    private const string Http = "http", Https = "https";

    /// <summary>The addresses of a list.</summary>
    /// <param name="urls">Addresses, separated by semicolons.</param>
    /// <param name="https">Adds an https address to each http address, on the next port (443 to 80), unless there are https addresses in the list.</param>
    /// <exception cref="ConfigurationException">One is no address.</exception>
    public static string[] Of(string urls, bool https)
    {
        var all = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return !https || all.Any(IsHttps) ? all : [.. all, .. all.Select(Parse).Where(a => !a.IsUnixPipe && !a.IsNamedPipe).Select(Beside)];
    }

    public static bool IsHttps(string url) => Parse(url).Scheme == Https;

    private static string Beside(BindingAddress address)
    {
        var port = address.Port switch { 0 => 0, 80 => 443, var p => p + 1 };
        return FormattableString.Invariant($"{Https}://{address.Host}:{port}{address.PathBase}");
    }

    private static BindingAddress Parse(string url)
    {
        try
        {
            if (BindingAddress.Parse(url) is { Scheme: Http or Https } address) { return address; }
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            // Said below, for both.
        }
        throw new ConfigurationException($"Parley:Server:Urls: '{url}' is no address such as http://127.0.0.1:8710.");
    }
}
