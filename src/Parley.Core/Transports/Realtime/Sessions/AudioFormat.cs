using System.Text.Json.Serialization;
using Parley.Audio;

namespace Parley.Transports.Realtime.Sessions;

/// <summary>How audio is written on the line, in either direction.</summary>
/// <param name="Type">The code.</param>
/// <param name="Rate">Samples a second, told for PCM alone: the others have but one.</param>
internal sealed record AudioFormat(AudioCode Type = AudioCode.Pcm, int? Rate = null)
{
    /// <summary>Samples a second of PCM.</summary>
    public const int PcmRate = 24_000;

    /// <summary>What applies unless a client says otherwise.</summary>
    public static AudioFormat Default { get; } = new AudioFormat().Complete();

    [JsonIgnore]
    public int SampleRate => Type == AudioCode.Pcm ? PcmRate : G711.SampleRate;

    [JsonIgnore]
    public int BytesPerSample => Type == AudioCode.Pcm ? sizeof(short) : 1;

    [JsonIgnore]
    public int BytesPerSecond => SampleRate * BytesPerSample;

    /// <summary>The format with what is certain said.</summary>
    public AudioFormat Complete() => this with { Rate = Type == AudioCode.Pcm ? PcmRate : null };

    /// <summary>PCM16 of bytes that hold whole samples; without a copy where they are that already.</summary>
    public ReadOnlyMemory<byte> ToPcm16(ReadOnlyMemory<byte> bytes)
    {
        if (Type == AudioCode.Pcm) { return bytes; }
        var samples = new short[bytes.Length];
        if (Type == AudioCode.MuLaw) { G711.DecodeMuLaw(bytes.Span, samples); } else { G711.DecodeALaw(bytes.Span, samples); }
        return Pcm16.ToBytes(samples);
    }

    /// <summary>The bytes of samples at <see cref="SampleRate"/>.</summary>
    public byte[] FromSamples(ReadOnlySpan<short> samples)
    {
        if (Type == AudioCode.Pcm) { return Pcm16.ToBytes(samples); }
        var codes = new byte[samples.Length];
        if (Type == AudioCode.MuLaw) { G711.EncodeMuLaw(samples, codes); } else { G711.EncodeALaw(samples, codes); }
        return codes;
    }
}

[JsonConverter(typeof(AudioCodeConverter))]
internal enum AudioCode
{
    [JsonStringEnumMemberName("audio/pcm")]
    Pcm,

    [JsonStringEnumMemberName("audio/pcmu")]
    MuLaw,

    [JsonStringEnumMemberName("audio/pcma")]
    ALaw,
}

internal sealed class AudioCodeConverter() : JsonStringEnumConverter<AudioCode>(namingPolicy: null, allowIntegerValues: false);
