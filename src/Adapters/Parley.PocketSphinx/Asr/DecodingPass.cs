namespace Parley.PocketSphinx.Asr;

/// <summary>One pass of a decoder over an utterance that may still be growing.</summary>
/// <remarks>
/// The acoustic model needs cepstra whose mean over the utterance is zero, which nobody knows while the speaker speaks; with the usual running
/// mean most words are lost. So the pass takes the mean of what it has, and begins again when it turns out to be wrong:
/// looked at when the utterance is half as long again as at the last beginning (which bounds the work to three utterances) and at its end.
/// Measured with audio arriving live: a mean that is off by 6 costs no word, one that is off by 10 costs most of a noisy recording's.
/// Not thread-safe; the decoder is the caller's.
/// </remarks>
internal sealed class DecodingPass(Decoder decoder, Cepstra cepstra)
{
    /// <summary>Euclidean distance of the means above which a pass begins again while there is time, and at the end.</summary>
    private const float LiveTolerance = 3, FinalTolerance = 6;

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
        if (_mean.Length == 0 || (cepstra.Count >= _check && IsStale(LiveTolerance))) { Begin(); }
        while (_next < cepstra.Count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rest = cepstra.From(_next);
            Search(rest[..Math.Min(rest.Length, Step * Cepstra.Size)]);
        }
    }

    /// <summary>Searches what is left and closes the utterance.</summary>
    public Decoding Finish(CancellationToken cancellationToken)
    {
        if (cepstra.Count < MinFrames) { return Decoding.Nothing; }
        if (_mean.Length > 0 && IsStale(FinalTolerance)) { Begin(); }
        _check = int.MaxValue;
        Advance(cancellationToken);
                // The dynamic features of the last frames look three frames ahead.
        for (var i = 0; i < 3; i++) { Search(cepstra.From(cepstra.Count - 1), advance: false); }
        decoder.Stop();
        return decoder.Read();
    }

    private bool IsStale(float tolerance) => Cepstra.Distance(_mean, cepstra.Mean()) > tolerance;

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
