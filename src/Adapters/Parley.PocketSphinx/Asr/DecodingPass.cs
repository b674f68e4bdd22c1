namespace Parley.PocketSphinx.Asr;

/// <summary>One pass of a decoder over an utterance that may still be growing.</summary>
/// <remarks>
/// The acoustic model needs cepstra whose mean over the utterance is zero, which nobody knows while the speaker speaks. For partials the pass
/// takes the mean of what it has, and begins again when that turns out to be wrong: looked at when the utterance is half as long again as at the
/// last beginning, which bounds the work to three utterances. The final decodes everything once more: keeping the live path costs words even
/// where its mean is off by less than 1 (41 % instead of 18 % of jfk.wav).
/// Not thread-safe; the decoder is the caller's.
/// </remarks>
internal sealed class DecodingPass(Decoder decoder, Cepstra cepstra)
{
    /// <summary>Euclidean distance of the means above which a live pass begins again.</summary>
    private const float Tolerance = 3;

    /// <summary>With fewer frames there is nothing to search.</summary>
    internal const int MinFrames = 10;

    private const int Step = 32; // frames between two looks at the token
    private float[] _mean = [];
    private float[] _frames = [];
    private int _next;
    private int _check;

    /// <summary>Searches the frames that came since the last call.</summary>
    public void Advance(CancellationToken cancellationToken)
    {
        if (cepstra.Count < MinFrames) { return; }
        if (_mean.Length == 0 || (cepstra.Count >= _check && Cepstra.Distance(_mean, cepstra.Mean()) > Tolerance)) { Begin(); }
        while (_next < cepstra.Count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rest = cepstra.From(_next);
            Search(rest[..Math.Min(rest.Length, Step * Cepstra.Size)]);
        }
    }

    /// <summary>Searches the whole utterance with its own mean, and closes it.</summary>
    public Decoding Finish(CancellationToken cancellationToken)
    {
        if (cepstra.Count < MinFrames) { return Decoding.Nothing; }
        Begin();
        _check = int.MaxValue;
        Advance(cancellationToken);
        // The dynamic features of the last frames look three frames ahead.
        for (var i = 0; i < 3; i++) { Search(cepstra.From(cepstra.Count - 1), advance: false); }
        decoder.Stop();
        return decoder.Read();
    }

    private void Begin()
    {
        _mean = cepstra.Mean();
        _next = 0;
        _check = cepstra.Count + (cepstra.Count / 2);
        decoder.Start();
    }

    private void Search(ReadOnlySpan<float> frames, bool advance = true)
    {
        if (_frames.Length < frames.Length) { _frames = new float[Step * Cepstra.Size]; }
        for (var i = 0; i < frames.Length; i++) { _frames[i] = frames[i] - _mean[i % Cepstra.Size]; }
        decoder.Feed(_frames.AsSpan(0, frames.Length));
        if (advance) { _next += frames.Length / Cepstra.Size; }
    }
}
