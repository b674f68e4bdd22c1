using System.Net;
using System.Net.Sockets;

namespace Parley.Bench.Load.Models;

/// <summary>
/// Model servers that take the time they are told to and nothing else: OpenAI's chat completions over HTTP/1.1, streamed and not, on raw sockets, with every
/// answer serialised beforehand. They share the processors with what is measured, so each of their instructions would count against it.
/// </summary>
internal sealed class SimulatedModels : IDisposable
{
    private const int MaxConnections = 4096;

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ScriptShelf _scripts = new();

    /// <summary>Listens on this machine alone.</summary>
    public SimulatedModels(int port = 0)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _listener.Listen(MaxConnections);
    }

    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndPoint!;

    /// <summary>Serves until it is cancelled; every connection's loop has ended then.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync(cancellationToken);
                connections.RemoveAll(c => c.IsCompleted);
                connections.Add(new ModelConnection(socket, _scripts).RunAsync(cancellationToken));
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Task.WhenAll(connections);
        }
    }

    public void Dispose() => _listener.Dispose();
}
