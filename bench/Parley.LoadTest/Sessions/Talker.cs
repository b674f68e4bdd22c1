using System.Diagnostics;
using Parley.LoadTest.Measuring;
using Parley.LoadTest.Speech;

namespace Parley.LoadTest.Sessions;

/// <summary>What somebody does in a conversation: waits a moment, speaks, hears the answer out or speaks into it.</summary>
/// <remarks>Told of time by the microphones' thread and of audio by the receiver: the caller sees to it that these do not meet.</remarks>
internal sealed class Talker(Utterances speech, LoadScenario scenario, Random random, LoadFigures figures)
{
    private byte[][] _utterance = [];
    private int _next, _rest = random.Next(50);
    private long _spoken;
    private bool _isAnswered = true, _hasAll = true;
    private int? _interruptsIn;

    /// <summary>The line is to be broken now.</summary>
    public bool BreaksLine { get; set; }

    /// <summary>The next frame of the microphone.</summary>
    /// <param name="isPlayedOut">Whether all that came of the answer was heard.</param>
    public byte[] Next(bool isPlayedOut)
    {
        if (_next < _utterance.Length) { return _utterance[_next++]; }
        if (!_isAnswered) { return Utterances.Silence; }
        if (_interruptsIn is { } left)
        {
            _interruptsIn = left - 1;
            if (left > 0) { return Utterances.Silence; }
            figures.Interrupted();
            return Begin();
        }
        if (!_hasAll || !isPlayedOut || --_rest > 0) { return Utterances.Silence; }
        return Begin();
    }

    /// <summary>The frame that <see cref="Next"/> gave was sent.</summary>
    public void Sent() { if (_next == _utterance.Length && !_isAnswered && _spoken == 0) { _spoken = Stopwatch.GetTimestamp(); } }

    /// <summary>The first audio of an answer has come.</summary>
    public void Hear(long arrived)
    {
        if (_isAnswered || _spoken == 0) { return; }
        figures.FirstAudio.Add(Stopwatch.GetElapsedTime(_spoken, arrived));
        (_isAnswered, _hasAll) = (true, false);
        _rest = (scenario.BreathMs + random.Next(scenario.BreathSpreadMs + 1)) / 20;
        if (random.NextDouble() < scenario.BargeIn) { _interruptsIn = 10 + random.Next(60); }
        BreaksLine = random.NextDouble() < scenario.Reconnect;
    }

    /// <summary>All of the answer has come, or nothing more will.</summary>
    public void HearAll() => (_hasAll, _interruptsIn) = (true, null);

    /// <summary>There was nothing to answer, or the answer was lost: the next thing is said.</summary>
    public void GiveUp() => (_isAnswered, _hasAll, _interruptsIn) = (true, true, null);

    /// <summary>For how long an answer has been waited.</summary>
    public TimeSpan Waited(long now) => _isAnswered || _spoken == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(_spoken, now);

    private byte[] Begin()
    {
        (_utterance, _next, _spoken, _isAnswered, _interruptsIn) = (speech.Pick(random), 1, 0, false, null);
        return _utterance[0];
    }
}
