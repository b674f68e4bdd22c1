namespace Parley.PocketSphinx.Asr;

/// <summary>A word on the best path.</summary>
/// <param name="Word">As the dictionary spells it.</param>
/// <param name="First">Its first frame.</param>
/// <param name="Last">Its last frame.</param>
/// <param name="Acoustic">Natural logarithm of its acoustic score against the best models of each frame, at most about 0.</param>
/// <param name="Language">Natural logarithm of its language score.</param>
/// <param name="LogPosterior">Natural logarithm of its posterior in the lattice; 0 where the search makes none.</param>
internal readonly record struct Segment(string Word, int First, int Last, double Acoustic, double Language, double LogPosterior)
{
    public int Frames => Last - First + 1;
}
