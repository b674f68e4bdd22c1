using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Parley.Engines.Tests.SherpaOnnx;

/// <summary>Serves one file on 127.0.0.1, with ranges and a tag, and breaks off where it is told to.</summary>
internal sealed class ModelServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public ModelServer(byte[] content)
    {
        Content = content;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _loop = ServeAsync();
    }

    public Uri Address { get; }

    public byte[] Content { get; set; }

    /// <summary>The connection ends after so many bytes of the body.</summary>
    public int? BreakAfter { get; set; }

    /// <summary>Nothing more comes after so many bytes of the body, and the connection stays.</summary>
    public int? StallAfter { get; set; }

    public bool Refuses { get; set; }

    /// <summary>The first byte of each answer.</summary>
    public List<long> Starts { get; } = [];

    private string Tag => $"\"{Convert.ToHexString(SHA256.HashData(Content))[..16]}\"";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await AnswerAsync(client.GetStream());
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        long from = 0;
        var sameFile = true;
        while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } line)
        {
            if (line.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase)) { from = long.Parse(line[13..].TrimEnd('-'), System.Globalization.CultureInfo.InvariantCulture); }
            if (line.StartsWith("If-Range: ", StringComparison.OrdinalIgnoreCase)) { sameFile = line[10..] == Tag; }
        }
        if (!sameFile) { from = 0; }
        Starts.Add(from);
        var status = Refuses ? "404 Not Found" : from >= Content.Length ? "416 Range Not Satisfiable" : from > 0 ? "206 Partial Content" : "200 OK";
        var body = Refuses || from >= Content.Length ? [] : Content[(int)from..];
        var range = from > 0 ? $"Content-Range: bytes {(from < Content.Length ? $"{from}-{Content.Length - 1}" : "*")}/{Content.Length}\r\n" : "";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {status}\r\nETag: {Tag}\r\nContent-Length: {body.Length}\r\n{range}Connection: close\r\n\r\n"), _stop.Token);
        if (StallAfter is { } stall)
        {
            await stream.WriteAsync(body.AsMemory(0, Math.Min(stall, body.Length)), _stop.Token);
            await Task.Delay(Timeout.Infinite, _stop.Token);
        }
        await stream.WriteAsync(body.AsMemory(0, Math.Min(BreakAfter ?? body.Length, body.Length)), _stop.Token);
    }
}
