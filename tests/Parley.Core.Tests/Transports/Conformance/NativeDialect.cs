using System.Text.Json;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.Testing.Transports;
using Parley.Transports;
using Parley.Transports.Lines;
using Parley.Transports.Protocol;

namespace Parley.Core.Tests.Transports.Conformance;

/// <summary><c>parley.v1</c>.</summary>
internal sealed class NativeDialect : IDialect
{
    public int SampleRate => AudioMath.SpeechRate;

    public Task<(IVoiceTransport Transport, IDisposable? Seat)> OpenAsync(InMemoryLine line, ParleyMetrics metrics, TimeProvider time) =>
        Task.FromResult<(IVoiceTransport, IDisposable?)>((new ConverseTransport(line), null));

    public void Greet(InMemoryLine line, bool isHandHeld) => Say(
        line, new SessionStart(Config: isHandHeld ? new SessionConfig { Turn = new TurnConfig { Mode = TurnMode.PushToTalk } } : null));

    public void Hear(InMemoryLine line, short[] samples) => line.Say(Pcm16.ToBytes(samples));

    public void Press(InMemoryLine line, bool isHandHeld) { if (isHandHeld) { Say(line, new StartListen()); } }

    public void Release(InMemoryLine line) => Say(line, new StopListen());

    public bool Stop(InMemoryLine line)
    {
        Say(line, new Interrupt());
        return false;
    }

    private static void Say(InMemoryLine line, ClientMessage message) =>
        line.Say(new Frame(JsonSerializer.SerializeToUtf8Bytes(message, ProtocolJson.Default.ClientMessage), IsText: true));
}
