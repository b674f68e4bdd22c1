namespace Parley.Audio.Codecs;

/// <summary>Brings a file's audio to the rate that recognisers listen at, piece by piece.</summary>
public static class SpeechAudio
{
    /// <summary>Reads a decoder to its end at <see cref="AudioMath.SpeechRate"/>, a second at a time.</summary>
    /// <param name="decoder">The file; stays open.</param>
    /// <param name="maxDuration">The longest audio that is read.</param>
    /// <exception cref="AudioFormatException">It is longer, or holds no audio.</exception>
    public static IEnumerable<ReadOnlyMemory<short>> Read(IAudioDecoder decoder, TimeSpan maxDuration)
    {
        var resampler = new Resampler(decoder.SampleRate, AudioMath.SpeechRate);
        var (block, total) = (new short[decoder.SampleRate], 0L);
        while (decoder.Read(block) is > 0 and var count)
        {
            total += count;
            if (AudioMath.DurationOf(total, decoder.SampleRate) > maxDuration)
            {
                throw new AudioFormatException($"The audio is longer than the {maxDuration.TotalSeconds:0} s that are read.");
            }
            var output = new short[resampler.MaxOutput(count)];
            yield return output.AsMemory(0, resampler.Process(block.AsSpan(0, count), output));
        }
        if (total == 0) { throw new AudioFormatException("The file holds no audio."); }
        var rest = new short[resampler.MaxOutput(0)];
        yield return rest.AsMemory(0, resampler.Flush(rest));
    }
}
