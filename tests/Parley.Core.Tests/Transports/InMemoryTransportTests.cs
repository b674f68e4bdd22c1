using Parley.Testing.Contracts;
using Parley.Testing.Transports;
using Parley.Transports;

namespace Parley.Core.Tests.Transports;

public sealed class InMemoryTransportTests : VoiceTransportContract
{
    protected override Task<ITransportLine> ConnectAsync() => Task.FromResult<ITransportLine>(new Line());

    private sealed class Line : ITransportLine
    {
        private readonly InMemoryTransport _transport = new();
        private int _heard;

        public IVoiceTransport Transport => _transport;

        public Task SayAsync(ClientInput input)
        {
            _transport.Say(input);
            return Task.CompletedTask;
        }

        public Task<object> HearAsync() => Task.FromResult(_transport.All[_heard++]);

        public Task VanishAsync()
        {
            _transport.Disconnect();
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => _transport.DisposeAsync();
    }
}
