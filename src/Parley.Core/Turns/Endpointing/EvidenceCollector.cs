using Parley.Transports.Protocol;
using Parley.Vad;

namespace Parley.Turns.Endpointing;

/// <summary>Gathers, while a session goes on, what its turn detector judges by; so that the detector itself has no memory.</summary>
/// <remarks>Used by the session's loop alone. Its time is that of the audio: the same audio gives the same signals.</remarks>
public sealed class EvidenceCollector
{
    // Who speaks again this soon was not done, whatever was decided.
    private static readonly TimeSpan s_goesOn = TimeSpan.FromSeconds(1.2);

    private readonly ProsodyTracker _prosody = new();
    private readonly PauseLearner _pauses = new();
    private IReadOnlyList<string> _answers = [];
    private bool _wasAsked;
    private bool _inTurn, _hasSpoken;
    private string _partial = "";
    private AnswerMatch _answer;
    private TimeSpan? _partialSince;
    private double? _model;
    private TimeSpan _silence;
    private TimeSpan? _speechStart;

    /// <summary>A turn begins.</summary>
    /// <param name="answers">What was offered to say.</param>
    /// <param name="wasAsked">Whether the assistant asked something.</param>
    public void Begin(IReadOnlyList<string> answers, bool wasAsked)
    {
        (_answers, _wasAsked, _inTurn, _hasSpoken) = (answers, wasAsked, true, false);
        (_partial, _answer, _partialSince, _model) = ("", AnswerMatch.None, null, null);
        _speechStart = null;
        _prosody.Forget();
    }

    /// <summary>The turn is over, or is of no interest.</summary>
    public void End() => (_inTurn, _hasSpoken) = (false, false);

    /// <summary>Takes the next window of audio, 16 kHz, and what the segmenter says of it; in a turn and between turns.</summary>
    public void Hear(ReadOnlySpan<short> window, in SegmenterUpdate speech)
    {
        if (speech.IsVoiced)
        {
            if (_hasSpoken || _silence < s_goesOn) { _pauses.Add(_silence); }
            _hasSpoken = _inTurn;
            _speechStart ??= speech.SpeechStart;
            _model = null; // it was asked about another silence
        }
        _silence = speech.IsVoiced ? TimeSpan.Zero : speech.SilenceSoFar;
        if (_inTurn) { _prosody.Push(window, speech.IsVoiced); }
    }

    /// <summary>What was understood so far; the same text again changes nothing.</summary>
    /// <param name="partial">The whole text.</param>
    /// <param name="now">The audio's time.</param>
    public void Understand(string partial, TimeSpan now)
    {
        if (partial == _partial) { return; }
        (_partial, _partialSince, _answer) = (partial, now, OfferedAnswers.Match(partial, _answers));
    }

    /// <summary>An end-of-turn model has judged the present silence.</summary>
    /// <param name="probability">That the turn is over, 0 to 1.</param>
    public void Judge(double probability) => _model = probability;

    /// <summary>What is known now.</summary>
    public TurnSignals ToSignals(in SegmenterUpdate speech, Patience patience) => new(speech.SilenceSoFar, SpeechSoFar(speech), _partial, patience)
    {
        PartialAge = speech.Now - _partialSince,
        Answer = _answer,
        WasAsked = _wasAsked,
        Prosody = _prosody.Signals,
        Pauses = _pauses.Statistics,
        Model = _model,
    };

    // A turn goes on through pauses that end a stretch of speech.
    private TimeSpan SpeechSoFar(in SegmenterUpdate speech) => (speech.LastSpeechEnd - _speechStart) is { } time && time > TimeSpan.Zero ? time : TimeSpan.Zero;
}
