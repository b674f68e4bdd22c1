using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Parley.Server.Transports.Native;
using Parley.Testing.Contracts;
using Parley.Testing.Transports;
using Parley.Transports;
using Parley.Transports.Lines;
using Parley.Transports.Protocol;

namespace Parley.Server.Tests.Native;

/// <summary>The transport as it is deployed: Kestrel takes writes to a lost connection without a word, which a bare socket does not.</summary>
public sealed class KestrelWebSocketTests : VoiceTransportContract
{
    protected override async Task<ITransportLine> ConnectAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.UseWebSockets();
        var accepted = new TaskCompletionSource<IVoiceTransport>(TaskCreationOptions.RunContinuationsAsynchronously);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        app.MapGet(ConverseEndpoint.Path, async (HttpContext context) =>
        {
            var socket = await context.WebSockets.AcceptWebSocketAsync(ConverseConnection.Subprotocol);
            await using var transport = new ConverseTransport(new WebSocketLine(socket, ConverseTransport.MaxFrame, TimeProvider.System, context.RequestAborted));
            accepted.SetResult(transport);
            await done.Task;
        });
        await app.StartAsync();
        var client = new ConverseClient();
        await client.ConnectAsync(new Uri(app.Urls.First().Replace("http", "ws", StringComparison.Ordinal)));
        return new Line(app, client, await accepted.Task.WaitAsync(ConverseClient.Patience), done);
    }

    private sealed class Line(WebApplication app, ConverseClient client, IVoiceTransport transport, TaskCompletionSource done) : ITransportLine
    {
        public IVoiceTransport Transport => transport;

        public Task SayAsync(ClientInput input) => input is AudioInput audio ? client.SendAudioAsync(audio.Pcm) : client.SendAsync((ClientMessage)input);

        public async Task<object> HearAsync()
        {
            using var limit = new CancellationTokenSource(ConverseClient.Patience);
            return await client.ReceiveAsync(limit.Token) ?? throw new InvalidOperationException("The line was closed.");
        }

        public Task VanishAsync()
        {
            client.Socket.Abort();
            return Task.CompletedTask;
        }

        public async ValueTask DisposeAsync()
        {
            client.Dispose();
            done.TrySetResult();
            await app.DisposeAsync();
        }
    }
}
