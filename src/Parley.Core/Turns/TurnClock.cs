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

    /// <summary>Adds the moments that <paramref name="other"/> has, and its set silence.</summary>
    public void Include(TurnClock other)
    {
        SetSilence = other.SetSilence;
        for (var i = 0; i < _moments.Length; i++)
        {
            if (Volatile.Read(ref other._moments[i]) is var moment && moment != Unset) { Mark((TurnMoment)i, moment); }
        }
    }

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
            + AfterFinal(TurnMoment.ReplyAsked, TurnMoment.ClauseToken)
            + AfterFinal(TurnMoment.ClauseAsked, TurnMoment.ClauseAudio);
        // A detector may hear the end of speech a little late and decide a little early for it: only silence that was waited for counts.
        var silence = Between(TurnMoment.SpeechEnd, TurnMoment.TurnEnd) is { } waited && waited < SetSilence ? waited : SetSilence;
        return Between(TurnMoment.SpeechEnd, TurnMoment.FirstAudioSent) - engines - silence;
    }

    /// <summary>The time inside an engine that nothing else hid: a draft's lies under the endpoint's silence and the final transcript.</summary>
    private TimeSpan? AfterFinal(TurnMoment from, TurnMoment to)
    {
        if (!Has(from) || !Has(to)) { return null; }
        var begin = Math.Max(_moments[(int)from], Math.Max(_moments[(int)TurnMoment.TurnEnd], _moments[(int)TurnMoment.Final]));
        return _moments[(int)to] <= begin ? TimeSpan.Zero : time.GetElapsedTime(begin, _moments[(int)to]);
    }

    private TimeSpan? Between(TurnMoment from, TurnMoment to) =>
        Has(from) && Has(to) ? time.GetElapsedTime(_moments[(int)from], _moments[(int)to]) : null;
}
