namespace Parley.Tts;

/// <summary>How fast a voice speaks against the durations of <see cref="PhoneDurations"/>, learnt from its first clauses.</summary>
/// <remarks>Thread-safe. After <see cref="Enough"/> clauses it stands: a voice keeps its pace, and a clause's timings do not depend on what was said before.</remarks>
public sealed class SpeakingPace
{
    /// <summary>Clauses that are learnt from.</summary>
    public const int Enough = 4;

    /// <summary>The table gives stressed syllables inside a phrase; running speech is about this much faster.</summary>
    private const double Running = 0.72;

    private const double Fastest = 0.3, Slowest = 1.5;

    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(0.8);

    private readonly Lock _gate = new();
    private double _sum;
    private int _count;

    /// <summary>What a duration of the table is multiplied by, at the voice's own speed.</summary>
    public double Factor { get { lock (_gate) { return _count == 0 ? Running : _sum / _count; } } }

    /// <summary>A clause was spoken to its end.</summary>
    /// <param name="sounding">How long it sounded, pauses left out, at the voice's own speed.</param>
    /// <param name="table">How long its phones are by the table.</param>
    public void Learn(TimeSpan sounding, TimeSpan table)
    {
        if (sounding < s_shortest || table <= TimeSpan.Zero) { return; }
        lock (_gate)
        {
            if (_count == Enough) { return; }
            _sum += Math.Clamp(sounding / table, Fastest, Slowest);
            _count++;
        }
    }
}
