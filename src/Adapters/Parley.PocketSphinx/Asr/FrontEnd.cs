using Parley.Diagnostics;
using Parley.PocketSphinx.Native;

namespace Parley.PocketSphinx.Asr;

/// <summary>Turns 16 kHz samples into mel cepstra, 100 frames a second, with the acoustic model's own settings.</summary>
/// <remarks>
/// It belongs to one utterance and not to a decoder, so the speech is analysed once however often it is decoded,
/// and the estimate of the noise does not leak from one speaker to the next. Not thread-safe.
/// </remarks>
internal sealed class FrontEnd : IDisposable
{
    private readonly FrontEndHandle _handle;

    /// <param name="options">Where the model is.</param>
    /// <param name="removeNoise">Whether steady noise is taken out: helps recognition, and blurs the borders of phones.</param>
    public FrontEnd(PocketSphinxOptions options, bool removeNoise = true)
    {
        using var config = EngineArguments.FrontEnd(options, removeNoise);
        _handle = SphinxLibrary.CreateFrontEnd(SphinxLibrary.Retain(config));
        if (_handle.IsInvalid) { throw new VoiceException(VoiceStage.Asr, "PocketSphinx could not create its front end."); }
        SphinxLibrary.StartStream(_handle);
        _ = SphinxLibrary.StartUtterance(_handle);
    }

    /// <summary>Analyses further samples and appends the finished frames to <paramref name="cepstra"/>.</summary>
    public unsafe void Process(ReadOnlySpan<short> samples, Cepstra cepstra)
    {
        const int Chunk = 64;
        var frames = stackalloc float*[Chunk];
        var values = stackalloc float[Chunk * Cepstra.Size];
        for (var i = 0; i < Chunk; i++) { frames[i] = values + (i * Cepstra.Size); }
        fixed (short* first = samples)
        {
            var next = first;
            var left = (nuint)samples.Length;
            while (left > 0)
            {
                var count = Chunk;
                if (SphinxLibrary.ProcessFrames(_handle, ref next, ref left, frames, ref count, nint.Zero) < 0)
                {
                    throw new VoiceException(VoiceStage.Asr, "PocketSphinx could not analyse the audio.");
                }
                cepstra.Append(new ReadOnlySpan<float>(values, count * Cepstra.Size));
            }
        }
    }

    public void Dispose() => _handle.Dispose();
}
