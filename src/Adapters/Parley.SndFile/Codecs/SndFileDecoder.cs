using Parley.Audio.Codecs;
using Parley.SndFile.Native;

namespace Parley.SndFile.Codecs;

/// <summary>One file that libsndfile reads; channels are averaged.</summary>
internal sealed class SndFileDecoder(SndFileHandle handle, int sampleRate, int channels) : IAudioDecoder
{
    /// <summary>The most channels that are read.</summary>
    public const int MaxChannels = 32;

    // Floats, because lossy formats overshoot: as integers the library would wrap them round.
    private readonly float[] _block = new float[1024 * channels];

    public int SampleRate => sampleRate;

    public unsafe int Read(Span<short> samples)
    {
        var done = 0;
        while (done < samples.Length)
        {
            var frames = Math.Min(samples.Length - done, _block.Length / channels);
            long got;
            fixed (float* p = _block) { got = SndFileLibrary.sf_readf_float(handle, p, frames); }
            for (var i = 0; i < got; i++) { samples[done++] = Mono(_block.AsSpan(i * channels, channels)); }
            // Damage in the middle ends the audio: what came before it is good.
            if (got < frames) { break; }
        }
        return done;
    }

    public void Dispose() => handle.Dispose();

    private static short Mono(ReadOnlySpan<float> frame)
    {
        var sum = 0f;
        foreach (var sample in frame) { sum += float.IsFinite(sample) ? Math.Clamp(sample, -1f, 1f) : 0; }
        return (short)Math.Clamp(MathF.Round(sum / frame.Length * 32768), short.MinValue, short.MaxValue);
    }
}
