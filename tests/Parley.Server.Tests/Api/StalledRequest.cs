using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Parley.Server.Tests.Api;

/// <summary>A client that begins its body, never ends it, and listens to what the server says to that.</summary>
internal static class StalledRequest
{
    /// <returns>The status that the server answers.</returns>
    public static async Task<int> PostAsync(Uri endpoint, string path, string contentType, string begin)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        using var line = new TcpClient();
        await line.ConnectAsync(endpoint.Host, endpoint.Port, patience.Token);
        await using var stream = line.GetStream();
        var head = $"POST {endpoint.AbsolutePath}{path} HTTP/1.1\r\nHost: {endpoint.Authority}\r\nContent-Type: {contentType}\r\nContent-Length: 5000\r\n\r\n";
        await stream.WriteAsync(Encoding.UTF8.GetBytes(head + begin), patience.Token);
        using var reader = new StreamReader(stream);
        var status = await reader.ReadLineAsync(patience.Token) ?? throw new IOException("The server closed the connection.");
        return int.Parse(status.Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
