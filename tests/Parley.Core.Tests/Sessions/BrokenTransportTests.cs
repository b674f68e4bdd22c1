using Microsoft.Extensions.Logging.Abstractions;
using Parley.Diagnostics;
using Parley.Sessions;
using Parley.Testing.Sessions;
using Parley.Testing.Transports;
using Parley.Time;
using Parley.Transports;
using Parley.Transports.Protocol;

namespace Parley.Core.Tests.Sessions;

public sealed class BrokenTransportTests
{
    [Fact]
    public void Receive_ThrowsWhatItShouldNot_SessionEnds()
    {
        var scheduler = new DeterministicScheduler();
        var transport = new Broken();
        var services = new SessionServices(new SimulatedEngines(scheduler.Clock), new ParleyMetrics(), scheduler.Clock, NullLogger<VoiceSession>.Instance);

        var run = scheduler.Start(() => new VoiceSession(transport, services).RunAsync());
        scheduler.Run(run, TimeSpan.FromMinutes(1));

        Assert.True(transport.Line.IsDisposed);
    }

    private sealed class Broken : IVoiceTransport
    {
        public InMemoryTransport Line { get; } = new();

        public ValueTask<ClientInput?> ReceiveAsync(CancellationToken cancellationToken = default) => throw new InvalidOperationException("A bug.");

        public ValueTask SendAsync(ServerMessage message, CancellationToken cancellationToken = default) => Line.SendAsync(message, cancellationToken);

        public ValueTask SendAsync(AudioPacket packet, CancellationToken cancellationToken = default) => Line.SendAsync(packet, cancellationToken);

        public ValueTask CloseAsync(TransportCloseReason reason, CancellationToken cancellationToken = default) => Line.CloseAsync(reason, cancellationToken);

        public ValueTask DisposeAsync() => Line.DisposeAsync();
    }
}
