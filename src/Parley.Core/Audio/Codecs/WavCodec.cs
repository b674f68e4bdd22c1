namespace Parley.Audio.Codecs;

/// <summary>WAV and headerless PCM, which need no library.</summary>
public sealed class WavCodec : IAudioCodec
{
    public string Name => "wav";

    public IReadOnlySet<AudioFormat> Encodes { get; } = new HashSet<AudioFormat> { AudioFormat.Wav, AudioFormat.Pcm };

    public IAudioEncoder OpenEncoder(AudioFormat format, int sampleRate, Stream output) => format switch
    {
        AudioFormat.Wav => new WavEncoder(sampleRate, output),
        AudioFormat.Pcm => new PcmEncoder(sampleRate, output),
        _ => throw new AudioFormatException($"{AudioFormats.NameOf(format)} is not WAV."),
    };

    public IAudioDecoder? OpenDecoder(Stream input)
    {
        Span<byte> head = stackalloc byte[4];
        var isRiff = input.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.SequenceEqual("RIFF"u8);
        input.Position = 0;
        return isRiff ? new Decoder(WavReader.Read(input, TimeSpan.FromDays(1))) : null;
    }

    private sealed class WavEncoder(int sampleRate, Stream output) : IAudioEncoder
    {
        private readonly WavWriter _writer = new(output, sampleRate, leaveOpen: true);

        public int SampleRate => sampleRate;

        public void Write(ReadOnlySpan<short> samples) => _writer.Write(samples);

        public void Finish() => _writer.Dispose();

        public void Dispose() => _writer.Dispose();
    }

    private sealed class PcmEncoder(int sampleRate, Stream output) : IAudioEncoder
    {
        public int SampleRate => sampleRate;

        public void Write(ReadOnlySpan<short> samples) => output.Write(Pcm16.ToBytes(samples));

        public void Finish() => output.Flush();

        public void Dispose() { }
    }

    private sealed class Decoder(WavAudio wav) : IAudioDecoder
    {
        private int _position;

        public int SampleRate => wav.SampleRate;

        public int Read(Span<short> samples)
        {
            var count = Math.Min(samples.Length, wav.Samples.Length - _position);
            wav.Samples.AsSpan(_position, count).CopyTo(samples);
            _position += count;
            return count;
        }

        public void Dispose() { }
    }
}
