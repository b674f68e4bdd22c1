using System.Buffers;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Parley.Bench.Load.Models;
using Parley.Server.Threading;

namespace Parley.Bench.Load.Gateways;

/// <summary>
/// Kestrel and <see cref="SocketsHttpHandler"/> with nothing between them that looks at what passes: what a gateway built of the two adds at the least,
/// and so how much of Parley's own is in Parley's figures. A process of its own that runs this program's command <c>relay</c>.
/// </summary>
internal static class BareRelay
{
    /// <summary>What the command line of such a process begins with; the models' address follows.</summary>
    public const string Command = "relay";

    /// <summary>As the report calls it.</summary>
    public const string Name = "bare";

    private const int BufferSize = 16 * 1024;

    /// <exception cref="IOException">It does not start.</exception>
    public static Task<Gateway> StartAsync(ModelProcess models, CancellationToken cancellationToken)
    {
        var address = new IPEndPoint(IPAddress.Loopback, LocalProcess.FreePort());
        var process = LocalProcess.StartSelf([Command, models.Address.ToString(), address.Port.ToString(CultureInfo.InvariantCulture)]);
        return new Gateway(Name, address, (b, s) => Gateway.PathRequest(address, b, s)) { Process = process }.WhenListeningAsync(cancellationToken);
    }

    /// <summary>What such a process does: it relays until its standard input ends.</summary>
    public static async Task RunAsync(IPEndPoint models, int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(o => o.Listen(IPAddress.Loopback, port));
        builder.UseInlineSockets();
        await using var relay = builder.Build();
        using var upstream = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null });
        relay.Run(context => RelayAsync(context, upstream, models));
        await relay.StartAsync();
        await Console.In.ReadToEndAsync();
    }

    private static async Task RelayAsync(HttpContext context, HttpMessageInvoker upstream, IPEndPoint models)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"http://{models}{context.Request.Path}") { Content = new StreamContent(context.Request.Body) };
            request.Content.Headers.ContentLength = context.Request.ContentLength;
            request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
            using var response = await upstream.SendAsync(request, context.RequestAborted);
            (context.Response.StatusCode, context.Response.ContentLength) = ((int)response.StatusCode, response.Content.Headers.ContentLength);
            context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
            await using var body = await response.Content.ReadAsStreamAsync(context.RequestAborted);
            while (await body.ReadAsync(buffer, context.RequestAborted) is > 0 and var read)
            {
                await context.Response.BodyWriter.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
