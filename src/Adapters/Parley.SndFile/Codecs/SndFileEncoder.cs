using Parley.Audio.Codecs;
using Parley.SndFile.Native;

namespace Parley.SndFile.Codecs;

/// <summary>One file that libsndfile writes.</summary>
internal sealed class SndFileEncoder(SndFileHandle handle, VirtualFile file, int sampleRate) : IAudioEncoder
{
    // Bounds what one call into the library computes.
    private const int BlockSamples = 4096;

    public int SampleRate => sampleRate;

    public unsafe void Write(ReadOnlySpan<short> samples)
    {
        while (!samples.IsEmpty)
        {
            var block = samples[..Math.Min(samples.Length, BlockSamples)];
            fixed (short* p = block)
            {
                if (SndFileLibrary.sf_write_short(handle, p, block.Length) != block.Length) { throw Broken(); }
            }
            if (file.Failure is not null) { throw Broken(); }
            samples = samples[block.Length..];
        }
    }

    public void Finish()
    {
        handle.Dispose();
        if (file.Failure is not null) { throw Broken(); }
    }

    public void Dispose() => handle.Dispose();

    private IOException Broken() => new("The encoder could not write.", file.Failure);
}
