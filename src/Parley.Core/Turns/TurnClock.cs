namespace Parley.Turns;

/// <summary>Collects the moments of one turn. Each is set once, by whichever stage reaches it; later attempts are ignored.</summary>
/// <remarks>Thread-safe. Moments are timestamps of the injected <see cref="TimeProvider"/>.</remarks>
public sealed class TurnClock(TimeProvider time)
{
    private const long Unset = long.MinValue;

    private readonly long[] _moments = [.. Enumerable.Repeat(Unset, (int)TurnMoment.Count)];

    /// <summary>The endpoint's set silence, known when the turn's end was decided.</summary>
    public TimeSpan SetSilence { get; set; }

    public long Now => time.GetTimestamp();

    public bool Has(TurnMoment moment) => Volatile.Read(ref _moments[(int)moment]) != Unset;

    /// <summary>Notes that <paramref name="moment"/> is now, or was at <paramref name="timestamp"/>.</summary>
    public void Mark(TurnMoment moment, long? timestamp = null) =>
        Interlocked.CompareExchange(ref _moments[(int)moment], timestamp ?? time.GetTimestamp(), Unset);

    public TurnTimings ToTimings() => new()
    {
        Endpoint = Between(TurnMoment.SpeechEnd, TurnMoment.TurnEnd),
        AsrFirstPartial = Between(TurnMoment.SpeechStart, TurnMoment.FirstPartial),
        AsrFinal = Between(TurnMoment.SpeechEnd, TurnMoment.Final),
        ReplyFirstToken = Between(TurnMoment.ReplyAsked, TurnMoment.FirstToken),
        TtsFirstAudio = Between(TurnMoment.ClauseAsked, TurnMoment.ClauseAudio),
        FirstAudio = Between(TurnMoment.SpeechEnd, TurnMoment.FirstAudioSent),
        Overhead = Overhead(),
    };

    private TimeSpan? Overhead()
    {
        var engines = (Between(TurnMoment.TurnEnd, TurnMoment.Final) ?? TimeSpan.Zero)
            + Between(TurnMoment.ReplyAsked, TurnMoment.ClauseToken)
            + Between(TurnMoment.ClauseAsked, TurnMoment.ClauseAudio);
        // A detector may hear the end of speech a little late and decide a little early for it: only silence that was waited for counts.
        var silence = Between(TurnMoment.SpeechEnd, TurnMoment.TurnEnd) is { } waited && waited < SetSilence ? waited : SetSilence;
        return Between(TurnMoment.SpeechEnd, TurnMoment.FirstAudioSent) - engines - silence;
    }

    private TimeSpan? Between(TurnMoment from, TurnMoment to) =>
        Has(from) && Has(to) ? time.GetElapsedTime(_moments[(int)from], _moments[(int)to]) : null;
}
