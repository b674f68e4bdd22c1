using Parley.Audio;

namespace Parley.Vad;

/// <summary>Turns the probabilities of successive windows into stretches of speech, with hysteresis and minimum lengths.</summary>
/// <remarks>A pure state machine in audio time: same probabilities, same updates. Not thread-safe.</remarks>
public sealed class SpeechSegmenter
{
    // No detector is so sure of silence that it says 0.
    private const float LowestThreshold = 0.01f;

    private readonly VadOptions _options;
    private readonly int _windowSamples;
    private long _windows;
    private bool _aboveThreshold;
    private bool _isSpeech;
    private TimeSpan _candidateStart;
    private TimeSpan? _speechStart;
    private TimeSpan? _lastSpeechEnd;

    /// <param name="options">Thresholds and lengths; read at every window, so they may be changed in between.</param>
    /// <param name="windowSamples">Samples a window at 16 kHz: the detector's <see cref="IVoiceActivityDetector.WindowSamples"/>.</param>
    public SpeechSegmenter(VadOptions options, int windowSamples = 512)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(windowSamples, 1);
        (_options, _windowSamples) = (options, windowSamples);
    }

    /// <summary>Whether the assistant has the floor, so that speech is announced sooner.</summary>
    public bool IsInReply { get; set; }

    /// <summary>The probability from which silence turns into speech, in place of the options'; that below which it ends keeps its distance. 0: the options'.</summary>
    public float Threshold { get; set; }

    /// <summary>Takes what follows for silence until it is announced anew.</summary>
    public void BeginAnew() => (_isSpeech, _aboveThreshold) = (false, false);

    /// <summary>Takes the probability of the next window, 0 to 1; NaN counts as silence.</summary>
    public SegmenterUpdate Push(float probability)
    {
        var begin = TimeOf(_windows);
        var end = TimeOf(++_windows);
        var wasAbove = _aboveThreshold;
        _aboveThreshold = probability >= (wasAbove ? SilenceThreshold : SpeechThreshold);
        if (_aboveThreshold && !wasAbove) { _candidateStart = begin; }

        var onset = !_isSpeech && _aboveThreshold && end - _candidateStart >= (IsInReply ? _options.MinSpeechInReply : _options.MinSpeech);
        if (onset) { (_isSpeech, _speechStart) = (true, _candidateStart); }
        if (_isSpeech && _aboveThreshold) { _lastSpeechEnd = end; }

        var ended = _isSpeech && end - _lastSpeechEnd >= _options.MinSilence;
        if (ended) { _isSpeech = false; }
        return new SegmenterUpdate(end, _isSpeech, onset, ended, _speechStart, _lastSpeechEnd);
    }

    private float SpeechThreshold => Threshold == 0 ? _options.SpeechThreshold : Threshold;

    private float SilenceThreshold => Threshold == 0 ? _options.SilenceThreshold : Math.Max(LowestThreshold, Threshold - (_options.SpeechThreshold - _options.SilenceThreshold));

    private TimeSpan TimeOf(long windows) => AudioMath.DurationOf(windows * _windowSamples, AudioMath.SpeechRate);
}
