using Parley.Audio;
using Parley.Diagnostics;
using Parley.Testing.Simulated;
using Parley.Testing.Transports;
using Parley.Transports;
using Parley.Transports.Devices;
using Parley.Transports.EchoKit;

namespace Parley.Core.Tests.Transports.Conformance;

/// <summary>An EchoKit device. It interrupts by connecting anew.</summary>
internal sealed class EchoKitDialect(TimeProvider time) : IDialect
{
    private static readonly DeviceIdentity s_identity = new("aabbccddeeff", "");

    private readonly DeviceSeats _seats = new(time, TimeSpan.FromMinutes(10));
    private bool _isHandHeld, _isBack;

    public int SampleRate => AudioMath.SpeechRate;

    public async Task<(IVoiceTransport Transport, IDisposable? Seat)> OpenAsync(InMemoryLine line, ParleyMetrics metrics, TimeProvider time)
    {
        var seat = await _seats.TakeAsync(s_identity);
        var request = new EchoKitRequest(Streams: !_isHandHeld, GoesOn: _isBack);
        _isBack = true;
        return (new EchoKitTransport(line, request, new EchoKitSession(), seat, s_identity.DeviceId, new SimulatedOpus(), metrics, time), seat);
    }

    public void Greet(InMemoryLine line, bool isHandHeld) => _isHandHeld = isHandHeld;

    public void Hear(InMemoryLine line, short[] samples) => line.Say(Pcm16.ToBytes(samples));

    public void Press(InMemoryLine line, bool isHandHeld) => line.Say("""{"event":"StartChat"}""");

    public void Release(InMemoryLine line) => line.Say("""{"event":"Submit"}""");

    public bool Stop(InMemoryLine line) => true;
}
