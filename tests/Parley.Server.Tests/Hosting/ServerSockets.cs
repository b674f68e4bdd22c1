using System.Runtime.CompilerServices;
using Parley.Server.Threading;

namespace Parley.Server.Tests.Hosting;

/// <summary>Sockets behave in the tests as they do in the server, whichever test is the first to use one.</summary>
internal static class ServerSockets
{
    [ModuleInitializer]
#pragma warning disable CA2255 // The runtime decides with the first socket of the process, which no test can be sure to be before.
    internal static void Inline() => InlineSockets.Enable();
#pragma warning restore CA2255
}
