namespace Parley.Turns.Endpointing;

/// <summary>Learns the pauses that a speaker makes and then goes on: the upper fifth of the last 32.</summary>
/// <remarks>
/// A pause that was taken for the end is learned as well when the speaker goes on at once; else only those would be known that were waited for.
/// Used by the session's loop alone.
/// </remarks>
public sealed class PauseLearner
{
    /// <summary>What is shorter is the closure of a consonant, what is longer a change of mind.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(160), Longest = TimeSpan.FromSeconds(4);

    private const double Quantile = 0.8;

    private readonly TimeSpan[] _pauses = new TimeSpan[32];
    private int _count;

    public PauseStatistics Statistics { get; private set; }

    /// <summary>Takes a pause after which the speaker went on; one outside the bounds is ignored.</summary>
    public void Add(TimeSpan pause)
    {
        if (pause < Shortest || pause > Longest) { return; }
        _pauses[_count++ % _pauses.Length] = pause;
        Span<TimeSpan> sorted = stackalloc TimeSpan[Math.Min(_count, _pauses.Length)];
        _pauses.AsSpan(0, sorted.Length).CopyTo(sorted);
        sorted.Sort();
        Statistics = new(sorted.Length, sorted[(int)(Quantile * (sorted.Length - 1))]);
    }
}
