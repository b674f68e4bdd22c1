using Parley.Audio;
using Parley.Diagnostics;
using Parley.Testing.Simulated;
using Parley.Testing.Transports;
using Parley.Transports;
using Parley.Transports.Devices;
using Parley.Transports.Xiaozhi;

namespace Parley.Core.Tests.Transports.Conformance;

/// <summary>A device with the firmware xiaozhi-esp32, which cancels its own echo and so may be interrupted by voice.</summary>
internal sealed class XiaozhiDialect(TimeProvider time) : IDialect
{
    private readonly DeviceSeats _seats = new(time, TimeSpan.Zero);

    public int SampleRate => AudioMath.SpeechRate;

    public async Task<(IVoiceTransport Transport, IDisposable? Seat)> OpenAsync(InMemoryLine line, ParleyMetrics metrics, TimeProvider time)
    {
        var seat = await _seats.TakeAsync(new DeviceIdentity("aa:bb", "uuid"));
        return (new XiaozhiTransport(line, new SimulatedOpus(), new XiaozhiSession(), seat, "aa:bb", framing: null, metrics, time), seat);
    }

    public void Greet(InMemoryLine line, bool isHandHeld) => line.Say(
        """{"type":"hello","version":1,"transport":"websocket","audio_params":{"format":"opus","sample_rate":16000,"channels":1,"frame_duration":60}}""");

    public void Hear(InMemoryLine line, short[] samples) => line.Say(SimulatedOpus.Encode(samples));

    public void Press(InMemoryLine line, bool isHandHeld) =>
        line.Say($$"""{"type":"listen","state":"start","mode":"{{(isHandHeld ? "manual" : "realtime")}}"}""");

    public void Release(InMemoryLine line) => line.Say("""{"type":"listen","state":"stop"}""");

    public bool Stop(InMemoryLine line)
    {
        line.Say("""{"type":"abort"}""");
        return false;
    }
}
