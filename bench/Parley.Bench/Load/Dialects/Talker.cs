using System.Diagnostics;
using Parley.Audio;
using Parley.Testing.Simulated;

namespace Parley.Bench.Load.Dialects;

/// <summary>Somebody who says the same short thing again and again in one of the dialects, and hears each answer out.</summary>
/// <remarks><see cref="Tick"/> is called every 20 ms by the real-time loop; what the server sends is received by a task of its own.</remarks>
internal sealed class Talker : IDisposable
{
    private const int FrameSamples = IDialectLine.SampleRate * RealTimeLoop.FrameMs / 1_000;

    private static readonly byte[] s_silence = new byte[2 * FrameSamples];
    private static readonly byte[] s_tone = Pcm16.ToBytes(SimulatedSynthesizer.Tone(FrameSamples));
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly IDialectLine _line;
    private readonly int _speechFrames, _breathFrames, _turns;
    private readonly Lock _lock = new();
    private readonly List<double> _firstAudio = [];
    private readonly Task _hearing;

    private long _asked, _answered, _done, _heard;
    private int _spoken, _rested;
    private bool _isAnswering;

    /// <param name="line">Its line; disposed with it.</param>
    /// <param name="turns">How often it speaks.</param>
    /// <param name="speech">How long.</param>
    /// <param name="breath">The pause between the last word of an answer and its own first.</param>
    public Talker(IDialectLine line, int turns, TimeSpan speech, TimeSpan breath)
    {
        (_line, _turns) = (line, turns);
        (_speechFrames, _breathFrames) = (Frames(speech), Frames(breath));
        _hearing = HearAsync();
    }

    /// <summary>By turn, in milliseconds: the last sample of speech sent, to the first audio of the answer decoded.</summary>
    public IReadOnlyList<double> FirstAudio { get { lock (_lock) { return [.. _firstAudio]; } } }

    public int Errors { get; private set; }

    public bool HasFinished { get { lock (_lock) { return _firstAudio.Count >= _turns && !_isAnswering; } } }

    /// <summary>Sends the next 20 ms of the microphone.</summary>
    /// <exception cref="TimeoutException">No answer comes.</exception>
    public void Tick()
    {
        if (HasFinished || !MaySpeak())
        {
            _line.Send(s_silence);
            return;
        }
        var isLast = ++_spoken == _speechFrames;
        lock (_lock) { if (isLast) { (_isAnswering, _answered, _heard, _spoken, _rested) = (true, 0, 0, 0, 0); } }
        _line.Send(s_tone);
        lock (_lock) { if (isLast) { _asked = Stopwatch.GetTimestamp(); } }
    }

    /// <summary>Hangs up and hears the line out.</summary>
    public async Task EndAsync()
    {
        await _line.EndAsync();
        await _hearing.WaitAsync(s_patience);
    }

    public void Dispose() => _line.Dispose();

    private static int Frames(TimeSpan time) => (int)(time.TotalMilliseconds / RealTimeLoop.FrameMs);

    private bool MaySpeak()
    {
        lock (_lock)
        {
            if (_isAnswering)
            {
                if (_asked != 0 && Stopwatch.GetElapsedTime(_asked) > s_patience) { throw new TimeoutException($"No answer after {_firstAudio.Count} turns."); }
                // All of it has come; what is ahead of the listener is still played.
                if (_done == 0 || Stopwatch.GetElapsedTime(_answered) < AudioMath.DurationOf(_heard, IDialectLine.SampleRate)) { return false; }
                (_isAnswering, _done, _asked) = (false, 0, 0);
                return false;
            }
            return _spoken > 0 || ++_rested > _breathFrames;
        }
    }

    private async Task HearAsync()
    {
        while (await _line.HearAsync() is { } heard) { Take(heard, Stopwatch.GetTimestamp()); }
    }

    private void Take(Heard heard, long now)
    {
        lock (_lock)
        {
            switch (heard.Kind)
            {
                case HeardKind.Audio:
                    _heard += heard.Samples;
                    if (_answered != 0) { break; }
                    _answered = now;
                    _firstAudio.Add(Stopwatch.GetElapsedTime(_asked, now).TotalMilliseconds);
                    break;
                case HeardKind.Done: _done = now; break;
                case HeardKind.Error: Errors++; break;
            }
        }
    }
}
