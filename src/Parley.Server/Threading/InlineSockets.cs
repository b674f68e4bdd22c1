using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace Parley.Server.Threading;

/// <summary>
/// Lets what a socket has brought go on at once, on the thread that found the socket ready, in place of waking a thread of the pool for it. Whatever holds such
/// a thread up holds up every other socket that it looks after; so only what is short stays there, and all else goes to the pool.
/// </summary>
public static class InlineSockets
{
    private const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>Turns it on for all sockets of this process, if it has not used any yet, and unless its environment says otherwise.</summary>
    public static void Enable()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null) { Environment.SetEnvironmentVariable(Variable, "1"); }
    }

    /// <summary>The same, and has the server's own connections make use of it.</summary>
    public static void UseInlineSockets(this WebApplicationBuilder builder)
    {
        Enable();
        builder.Services.Configure<SocketTransportOptions>(o => o.UnsafePreferInlineScheduling = true);
    }

    /// <summary>From here on requests run on the pool.</summary>
    public static void UsePool(this IApplicationBuilder app) => app.Use(next => http => PoolContext.RunAsync(() => next(http)));
}
