using Parley.Audio;
using Parley.Audio.Codecs;
using Parley.Diagnostics;

namespace Parley.Testing.Simulated;

/// <summary>Opus without libopus: a packet is a mark and every fourth sample, so that packets have a length, garbage is known, and loudness and pitch survive.</summary>
public sealed class SimulatedOpus : IOpusCodec
{
    private const byte Mark = 0xA5;
    private const int Step = 4;

    /// <summary>Whether the library is missing.</summary>
    public bool IsMissing { get; set; }

    /// <summary>The packet of a frame.</summary>
    public static byte[] Encode(ReadOnlySpan<short> frame)
    {
        var kept = new short[frame.Length / Step];
        for (var i = 0; i < kept.Length; i++) { kept[i] = frame[i * Step]; }
        return [Mark, .. Pcm16.ToBytes(kept)];
    }

    /// <summary>The samples of a packet.</summary>
    /// <exception cref="AudioFormatException">It is none.</exception>
    public static short[] Decode(ReadOnlySpan<byte> packet)
    {
        if (packet is not [Mark, ..] || packet.Length % 2 == 0) { throw new AudioFormatException("This is no packet."); }
        return [.. Pcm16.ToSamples(packet[1..]).SelectMany(s => Enumerable.Repeat(s, Step))];
    }

    public EngineStatus Probe() => new(VoiceStage.Codec, "opus", !IsMissing, "", "simulated", IsMissing ? "look for it" : null);

    public IOpusEncoder OpenEncoder(int sampleRate, TimeSpan frame) => new Encoder(sampleRate, (int)AudioMath.SamplesIn(frame, sampleRate));

    public IOpusDecoder OpenDecoder(int sampleRate) => new Decoder(sampleRate);

    private sealed class Encoder(int sampleRate, int frameSamples) : IOpusEncoder
    {
        public int SampleRate => sampleRate;

        public int FrameSamples => frameSamples;

        public ReadOnlyMemory<byte> Encode(ReadOnlySpan<short> frame)
        {
            var whole = new short[frameSamples];
            frame.CopyTo(whole);
            return SimulatedOpus.Encode(whole);
        }

        public void Reset()
        {
        }

        public void Dispose()
        {
        }
    }

    private sealed class Decoder(int sampleRate) : IOpusDecoder
    {
        public int SampleRate => sampleRate;

        public ReadOnlySpan<short> Decode(ReadOnlySpan<byte> packet) => SimulatedOpus.Decode(packet);

        public void Reset()
        {
        }

        public void Dispose()
        {
        }
    }
}
