using Parley.Diagnostics;

namespace Parley.Audio.Codecs;

/// <summary>Opus without a container: each packet is a message of its own, as devices send it. <see cref="AudioFormat.Opus"/> is Opus in files.</summary>
/// <remarks>Thread-safe; the encoders and decoders that it opens are not.</remarks>
public interface IOpusCodec
{
    /// <summary>Whether the library is there, and what to install where it is not. Cheap, never throws.</summary>
    EngineStatus Probe();

    /// <summary>Begins a stream of packets of mono speech.</summary>
    /// <param name="sampleRate">8 000, 12 000, 16 000, 24 000 or 48 000.</param>
    /// <param name="frame">The audio in a packet: 5, 10, 20, 40, 60, 80, 100 or 120 ms.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate or the frame is none of these.</exception>
    /// <exception cref="VoiceException">The library is missing; the message says what to install.</exception>
    IOpusEncoder OpenEncoder(int sampleRate, TimeSpan frame);

    /// <summary>Begins to read a stream of packets, whatever frames they have; channels are mixed.</summary>
    /// <param name="sampleRate">The rate of what comes out: 8 000, 12 000, 16 000, 24 000 or 48 000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is none of these.</exception>
    /// <exception cref="VoiceException">The library is missing; the message says what to install.</exception>
    IOpusDecoder OpenDecoder(int sampleRate);
}
