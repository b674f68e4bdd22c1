using System.Net;
using System.Net.Sockets;
using OpenTelemetry.Exporter;
using Parley.Core.Tests.OpenAICompatible;
using Parley.Server.Configuration;
using Parley.Server.Tests.Hosting;
using Parley.Testing;
using Parley.Transports.Protocol;

namespace Parley.Server.Tests.Observability;

/// <summary>What is sent to a collector, and what a collector can do to conversations, which is nothing.</summary>
[Collection(nameof(Alone))]
public sealed class CollectorTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(OtlpExportProtocol.Grpc)]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    public async Task Session_CollectorTakesTheLineAndSaysNothing_DelaysNoTurn(OtlpExportProtocol protocol)
    {
        using var silent = new SilentSocket();
        TimeSpan without, with;
        await using (var server = await TelemetryServer.StartAsync()) { without = await TenTurnsAsync(server); }
        await using (var server = await TelemetryServer.StartAsync(To(silent.Address, protocol)))
        {
            with = await TenTurnsAsync(server);
            // It was really written to all the while.
            await Eventually.TrueAsync(() => silent.Accepted > 0);
        }

        Assert.True(with < without + TimeSpan.FromMilliseconds(500), $"Ten turns took {without} without a collector and {with} with one that says nothing.");
    }

    [Fact]
    public async Task Stop_CollectorSaysNothing_EndsAllTheSame()
    {
        using var silent = new SilentSocket();
        var server = await TelemetryServer.StartAsync(To(silent.Address, OtlpExportProtocol.HttpProtobuf));
        await server.ConverseAsync();

        await CloseAsync(server).WaitAsync(TimeSpan.FromSeconds(20), Cancelled);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Session_Collector_GetsTheSessionsTraceAndSpeechOnlyWhereItIsAskedFor(bool speech)
    {
        // Not of ASP.NET: its requests would be traced by the very server that sends them.
        await using var collector = new LoopbackServer(x => x.RespondAsync(200, "application/x-protobuf", ""));
        var server = await TelemetryServer.StartAsync(To(new Uri(collector.BaseUrl, "/"), OtlpExportProtocol.HttpProtobuf, speech));
        var received = await server.ConverseAsync();
        await CloseAsync(server);

        var ready = received.OfType<SessionReady>().Single();
        var trace = ready.TraceId!;
        // A session's id is a trace's.
        Assert.Equal(ready.SessionId, trace);
        Assert.All(received.OfType<ServerMessage>(), m => Assert.Equal(trace, m.TraceId));
        Assert.NotEmpty(Sent(collector, "/v1/metrics"));
        var spans = Sent(collector, "/v1/traces");
        foreach (var name in (string[])[trace, "session", "turn", "asr", "reply", "tts", "engine", "parley.turn.first_audio_ms"]) { Assert.Contains(name, spans, StringComparison.Ordinal); }
        foreach (var said in (string[])[TelemetryServer.Heard, TelemetryServer.Answer]) { Assert.Equal(speech, spans.Contains(said, StringComparison.Ordinal)); }
        Assert.DoesNotContain("marmalade", Sent(collector, "/v1/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_NoShareIsTraced_NothingIsSent()
    {
        await using var collector = new LoopbackServer(x => x.RespondAsync(200, "application/x-protobuf", ""));
        var options = To(new Uri(collector.BaseUrl, "/"), OtlpExportProtocol.HttpProtobuf);
        options.TracedShare = 0;
        var server = await TelemetryServer.StartAsync(options);
        await server.ConverseAsync();
        await CloseAsync(server);

        Assert.Empty(Sent(collector, "/v1/traces"));
    }

    private static TelemetryOptions To(Uri address, OtlpExportProtocol protocol, bool speech = false) => new()
    {
        Endpoint = address, Protocol = protocol, Speech = speech, Interval = TimeSpan.FromMilliseconds(100), Timeout = TimeSpan.FromSeconds(2),
    };

    private static async Task<TimeSpan> TenTurnsAsync(TestServer server)
    {
        var client = await server.TalkAsync(new SessionConfig { Speech = false });
        await TurnAsync();
        var start = TimeProvider.System.GetTimestamp();
        for (var turn = 0; turn < 10; turn++) { await TurnAsync(); }
        return TimeProvider.System.GetElapsedTime(start);

        async Task TurnAsync()
        {
            await client.SendAsync(new TextInput("Go on."));
            await client.ExpectAsync<ReplyFinished>();
        }
    }

    /// <summary>Not on the test's thread, which the collector needs to answer: what is left is sent when the server is disposed.</summary>
    private static Task CloseAsync(TestServer server) => Task.Run(() => server.DisposeAsync().AsTask());

    /// <summary>What was sent to a path, as far as it is text.</summary>
    private static string Sent(LoopbackServer collector, string path) =>
        string.Concat(collector.Heads.Zip(collector.Bodies).Where(r => r.First.StartsWith($"POST {path} ", StringComparison.Ordinal)).Select(r => r.Second));

    /// <summary>Accepts every connection, reads nothing and says nothing.</summary>
    private sealed class SilentSocket : IDisposable
    {
        private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly List<Socket> _accepted = [];

        public SilentSocket()
        {
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _listener.Listen();
            _ = AcceptAsync();
        }

        public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}");

        public int Accepted { get { lock (_accepted) { return _accepted.Count; } } }

        public void Dispose()
        {
            _listener.Dispose();
            lock (_accepted) { _accepted.ForEach(s => s.Dispose()); }
        }

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    var socket = await _listener.AcceptAsync();
                    lock (_accepted) { _accepted.Add(socket); }
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // It was closed.
            }
        }
    }
}
