namespace Parley.Audio.Codecs;

/// <summary>Takes audio at one rate for an encoder that needs another.</summary>
internal sealed class ResamplingEncoder(IAudioEncoder inner, int sampleRate) : IAudioEncoder
{
    private readonly Resampler _resampler = new(sampleRate, inner.SampleRate);
    private short[] _block = [];

    public int SampleRate => sampleRate;

    public void Write(ReadOnlySpan<short> samples)
    {
        Reserve(samples.Length);
        inner.Write(_block.AsSpan(0, _resampler.Process(samples, _block)));
    }

    public void Finish()
    {
        Reserve(0);
        inner.Write(_block.AsSpan(0, _resampler.Flush(_block)));
        inner.Finish();
    }

    public void Dispose() => inner.Dispose();

    private void Reserve(int input)
    {
        if (_block.Length < _resampler.MaxOutput(input)) { _block = new short[_resampler.MaxOutput(input)]; }
    }
}
