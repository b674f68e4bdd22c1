namespace Parley.PocketSphinx.Asr;

/// <summary>One pass of a decoder over an utterance that may still be growing.</summary>
/// <remarks>
/// The acoustic model needs cepstra whose mean over the utterance is zero, which nobody knows while the speaker speaks; with the usual running
/// mean most words are lost. So the pass takes the mean of what it has, and begins again when it turns out to be wrong:
/// looked at whenever the utterance has doubled (which bounds the repeated work to one utterance) and at its end.
/// Not thread-safe; the decoder is the caller's.
/// </remarks>
internal sealed class DecodingPass(Decoder decoder, Cepstra cepstra)
{
    /// <summary>Distance of the means up to which the words stay the same; the first coefficient dominates it.</summary>
    internal const float Tolerance = 10.0f;

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
        if (_mean.Length == 0 || (cepstra.Count >= _check && IsStale(Tolerance))) { Begin(); }
        while (_next < cepstra.Count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rest = cepstra.From(_next);
            Search(rest[..Math.Min(rest.Length, Step * Cepstra.Size)]);
        }
    }

    /// <summary>Searches what is left and closes the utterance.</summary>
    /// <param name="cancellationToken">Stops it between two steps.</param>
    /// <param name="tolerance">Distance of the means above which everything is decoded once more.</param>
    public Decoding Finish(CancellationToken cancellationToken, float tolerance = Tolerance)
    {
        if (cepstra.Count < MinFrames) { return Decoding.Nothing; }
        if (_mean.Length > 0 && IsStale(tolerance)) { Begin(); }
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
        _check = cepstra.Count * 2;
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
