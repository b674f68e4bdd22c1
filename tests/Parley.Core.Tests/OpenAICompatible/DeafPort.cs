using System.Net;
using System.Net.Sockets;

namespace Parley.Core.Tests.OpenAICompatible;

/// <summary>A loopback port where nobody listens, and where nobody else can begin to.</summary>
internal sealed class DeafPort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public DeafPort() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public Uri BaseUrl => new($"http://127.0.0.1:{((IPEndPoint)_socket.LocalEndPoint!).Port}/v1");

    public void Dispose() => _socket.Dispose();
}
