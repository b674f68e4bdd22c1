using System.Text.Json;
using Parley.Audio;
using Parley.Testing.Contracts;
using Parley.Testing.Transports;
using Parley.Transports.Lines;
using Parley.Transports.Protocol;
using Parley.Transports;

namespace Parley.Core.Tests.Transports;

/// <summary>The native protocol on a line that is none of the network's.</summary>
public sealed class ConverseTransportTests : VoiceTransportContract
{
    [Fact]
    public async Task ReceiveAsync_FrameIsTooLarge_SaysSoAndGoesOn()
    {
        var line = new InMemoryLine();
        await using var transport = new ConverseTransport(line);
        line.Say(new Frame(default, IsText: true, IsTooLarge: true));
        line.Say("""{"type":"ping","t":1}""");

        Assert.Equal(ErrorCodes.TooLarge, Assert.IsType<InvalidInput>(await transport.ReceiveAsync(TestContext.Current.CancellationToken)).Code);
        Assert.Equal(new Ping(1), await transport.ReceiveAsync(TestContext.Current.CancellationToken));
    }

    protected override Task<ITransportLine> ConnectAsync() => Task.FromResult<ITransportLine>(new Line());

    private sealed class Line : ITransportLine
    {
        private readonly InMemoryLine _line = new();
        private int _heard;

        public Line() => Transport = new ConverseTransport(_line);

        public IVoiceTransport Transport { get; }

        public Task SayAsync(ClientInput input)
        {
            _line.Say(input is AudioInput audio
                ? new Frame(audio.Pcm, IsText: false)
                : new Frame(JsonSerializer.SerializeToUtf8Bytes((ClientMessage)input, ProtocolJson.Default.ClientMessage), IsText: true));
            return Task.CompletedTask;
        }

        public Task<object> HearAsync()
        {
            var frame = _line.All[_heard++];
            return Task.FromResult(frame.IsText
                ? JsonSerializer.Deserialize(frame.Data.Span, ProtocolJson.Default.ServerMessage)!
                : (object)AudioPacketHeader.Read(frame.Data.Span, AudioMath.SpeechRate));
        }

        public Task VanishAsync()
        {
            _line.Disconnect();
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => Transport.DisposeAsync();
    }
}
