using Parley.Transports.Protocol;
using Parley.Turns;

namespace Parley.Cli.Demo;

/// <summary>Plays a recording into the microphone and listens to the answer.</summary>
internal sealed class RecordedLearner(short[] recording) : ILearner
{
    /// <summary>Time to open the microphone in peace before the recording begins.</summary>
    private const int LeadInFrames = 15;

    /// <summary>After the recording, so long without a turn, nothing more is to come.</summary>
    private static readonly TimeSpan s_nothingHeard = TimeSpan.FromSeconds(6);

    private int _frames;
    private int _next;

    public SessionConfig Config { get; } = new();

    public bool HasFinished(DemoView view) => _next >= recording.Length && view.State == TurnState.Idle
        && (view.Turns.Count > 0 ? view.InState > TimeSpan.FromMilliseconds(600) : view.InState > s_nothingHeard);

    public void Speak(Span<short> frame, DemoView view)
    {
        if (_frames++ < LeadInFrames || _next >= recording.Length) { return; }
        var part = recording.AsSpan(_next, Math.Min(frame.Length, recording.Length - _next));
        part.CopyTo(frame);
        _next += part.Length;
    }
}
