using Parley.Audio;
using Parley.Diagnostics;
using Parley.Testing.Transports;
using Parley.Transports;
using Parley.Transports.Realtime;

namespace Parley.Core.Tests.Transports.Conformance;

/// <summary>OpenAI's Realtime API.</summary>
internal sealed class RealtimeDialect : IDialect
{
    public int SampleRate => 24_000;

    public Task<(IVoiceTransport Transport, IDisposable? Seat)> OpenAsync(InMemoryLine line, ParleyMetrics metrics, TimeProvider time) =>
        Task.FromResult<(IVoiceTransport, IDisposable?)>((new RealtimeTransport(line, new RealtimeCall("gpt-realtime"), "sess_1", time, new Random(1), metrics), null));

    public void Greet(InMemoryLine line, bool isHandHeld) => line.Say(
        isHandHeld
            ? """{"type":"session.update","session":{"type":"realtime","audio":{"input":{"turn_detection":null}}}}"""
            : """{"type":"session.update","session":{"type":"realtime","audio":{"input":{"turn_detection":{"type":"semantic_vad"}}}}}""");

    public void Hear(InMemoryLine line, short[] samples) =>
        line.Say($$"""{"type":"input_audio_buffer.append","audio":"{{Convert.ToBase64String(Pcm16.ToBytes(samples))}}"}""");

    public void Press(InMemoryLine line, bool isHandHeld) { if (isHandHeld) { line.Say("""{"type":"input_audio_buffer.clear"}"""); } }

    public void Release(InMemoryLine line)
    {
        line.Say("""{"type":"input_audio_buffer.commit"}""");
        line.Say("""{"type":"response.create"}""");
    }

    public bool Stop(InMemoryLine line)
    {
        line.Say("""{"type":"response.cancel"}""");
        return false;
    }
}
