using Parley.Audio;
using Parley.Vad;

namespace Parley.Turns.Interruptions;

/// <summary>Follows a sound that holds a reply, window by window, until it is an interruption or was none.</summary>
/// <remarks>Not thread-safe. All time is that of the audio: the same sound and the same partials give the same verdict.</remarks>
/// <param name="read">Sees each sound that is judged, and may say that it was another; null: it is what was heard.</param>
public sealed class InterruptionJudge(Func<SoundShape, SoundShape>? read = null)
{
    /// <summary>Silence after a sound that shows it was no interruption.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(256);

    /// <summary>How much longer the reply is held for the words of a short sound.</summary>
    private static readonly TimeSpan s_wordsWithin = TimeSpan.FromMilliseconds(700);

    /// <summary>So many windows with a pitch, one after another, are a voice; fewer are the throat in a cough.</summary>
    private const int VoiceWindows = 4;

    private SoundTracker? _sound;
    private InterruptionRules _rules;
    private SpokenContext? _said;
    private float? _speakerLevel;
    private TimeSpan _heldAt, _speechBefore, _now, _silence;
    private bool _asked;

    /// <summary>What is thought of it now.</summary>
    public InterruptionVerdict Verdict { get; private set; }

    /// <summary>What was understood of it.</summary>
    public string Partial { get; private set; } = "";

    /// <summary>From its first to its last speech.</summary>
    public TimeSpan Speech { get; private set; }

    /// <summary>How long the reply has been held for it.</summary>
    public TimeSpan Held => _now - _heldAt;

    /// <summary>What it sounded like when it was judged last.</summary>
    public SoundShape Sound { get; private set; }

    /// <summary>A sound begins.</summary>
    /// <param name="rules">What the session has set.</param>
    /// <param name="said">What the assistant was saying; null if none of the reply had been heard.</param>
    /// <param name="speakerLevelDb">How loud the user speaks; null if it is not known yet.</param>
    /// <param name="onset">What the speech detector said of the window in which it was noticed.</param>
    /// <param name="before">The audio before that window, 16 kHz; of it the sound's own beginning is used.</param>
    public void Begin(InterruptionRules rules, SpokenContext? said, float? speakerLevelDb, SegmenterUpdate onset, IReadOnlyList<AudioFrame> before)
    {
        (_rules, _said, _speakerLevel) = (rules, said, speakerLevelDb);
        (_heldAt, _now, Speech, _silence, Partial) = (onset.Now, onset.Now, TimeSpan.Zero, TimeSpan.Zero, "");
        _asked = false;
        // A voice that rises out of a noise begins where it is noticed, not where the noise began.
        _speechBefore = onset.OnsetAnnounced ? TimeSpan.Zero : onset.SpeechSoFar;
        Verdict = new(InterruptionKind.Undecided, "it has just begun");
        _sound = new SoundTracker();
        var own = onset.SpeechSoFar - _speechBefore;
        var others = before.Sum(frame => frame.Samples.Length) - AudioMath.SamplesIn(own, AudioMath.SpeechRate);
        foreach (var frame in before)
        {
            if (others < frame.Samples.Length) { _sound.Write(frame.Samples[(int)Math.Max(0, others)..]); }
            others -= frame.Samples.Length;
        }
    }

    /// <summary>Takes one window more.</summary>
    /// <returns>What to do now.</returns>
    public InterruptionDecision Hear(ReadOnlyMemory<short> window, in SegmenterUpdate speech)
    {
        _sound!.Write(window);
        (_now, Speech) = (speech.Now, speech.SpeechSoFar - _speechBefore);
        _silence = speech.IsVoiced ? TimeSpan.Zero : speech.SilenceSoFar;
        _asked &= !speech.IsVoiced;
        return Judge();
    }

    /// <summary>Takes what the recogniser has understood by now.</summary>
    /// <inheritdoc cref="Hear"/>
    public InterruptionDecision Understand(string partial)
    {
        Partial = partial;
        return Judge();
    }

    /// <summary>Takes all that the recogniser understood.</summary>
    /// <returns>Whether to stop or to go on.</returns>
    public InterruptionDecision Conclude(string final) =>
        Understand(final) == InterruptionDecision.Stop ? InterruptionDecision.Stop : InterruptionDecision.GoOn;

    /// <summary>After a noise that goes on: whether a voice has risen out of it.</summary>
    public bool HearsVoice(ReadOnlyMemory<short> window)
    {
        _sound!.Write(window);
        return Listen().LongestVoiced >= VoiceWindows;
    }

    /// <summary>The reply goes on over the noise; from now on it is listened to for a voice.</summary>
    public void LeaveNoise() => _sound = new SoundTracker();

    private SoundShape Listen() => read is null ? _sound!.Shape : read(_sound!.Shape);

    private InterruptionDecision Judge()
    {
        Sound = Listen();
        Verdict = InterruptionFilter.Judge(new InterruptionSignals
        {
            Partial = Partial, Speech = Speech, Held = Held, Sound = Sound, SpeakerLevelDb = _speakerLevel, Said = _said, Rules = _rules,
        });
        if (Verdict.Kind == InterruptionKind.Interruption) { return InterruptionDecision.Stop; }
        if (Verdict.Kind == InterruptionKind.Noise && Speech >= _rules.MinSpeech + InterruptionFilter.Grace) { return InterruptionDecision.GoOn; }
        if (_silence < Silence || (_asked && _silence < Silence + s_wordsWithin)) { return InterruptionDecision.Hold; }
        if (_asked || Verdict.Kind != InterruptionKind.Undecided || Sound.LongestVoiced < VoiceWindows) { return InterruptionDecision.GoOn; }
        _asked = true;
        return InterruptionDecision.Ask;
    }
}
