using Parley.Transports;
using Parley.Transports.Protocol;
using Parley.Turns;

namespace Parley.Cli.Demo;

/// <summary>What a client has seen of the conversation so far. Written by the receiver, read by the learner.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class DemoView(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<DemoTurn> _turns = [];
    private readonly List<short> _replyAudio = [];
    private IReadOnlyList<SuggestionItem> _suggestions = [];
    private TurnState _state = TurnState.Idle;
    private long _stateSince = time.GetTimestamp();
    private bool _ended;

    public TurnState State { get { lock (_lock) { return _state; } } }

    /// <summary>How long the session has been in its state.</summary>
    public TimeSpan InState { get { lock (_lock) { return time.GetElapsedTime(_stateSince); } } }

    public IReadOnlyList<SuggestionItem> Suggestions { get { lock (_lock) { return _suggestions; } } }

    public IReadOnlyList<DemoTurn> Turns { get { lock (_lock) { return [.. _turns]; } } }

    /// <summary>Replies that were heard to their end.</summary>
    public int RepliesHeard { get { lock (_lock) { return _turns.Count(t => t.IsHeard); } } }

    public bool HasEnded { get { lock (_lock) { return _ended; } } }

    /// <summary>The audio of the newest reply.</summary>
    public short[] ReplyAudio { get { lock (_lock) { return [.. _replyAudio]; } } }

    public void End() { lock (_lock) { _ended = true; } }

    public void Take(AudioPacket packet)
    {
        lock (_lock)
        {
            if (packet.SampleOffset == 0) { _replyAudio.Clear(); }
            _replyAudio.AddRange(packet.Samples.Span);
        }
    }

    public void Take(ServerMessage message)
    {
        lock (_lock)
        {
            switch (message)
            {
                case StateUpdate m: (_state, _stateSince) = (m.State, time.GetTimestamp()); break;
                case SuggestionsOffered m: _suggestions = m.Items; break;
                case AsrFinal m: Turn(m.TurnId).Transcript = m.Text; break;
                case TurnMetrics m: Turn(m.TurnId).Metrics = m; break;
                case AssistantTextDelta m: Turn(m.TurnId).GenerationId = m.GenerationId; break;
                case AssistantTextDone m:
                    var turn = Turn(m.TurnId);
                    (turn.ReplyText, turn.HeardText, turn.IsHeard) = (m.Text, m.HeardText, m.HeardText.Length > 0 && m.HeardText.Length >= m.Text.TrimEnd().Length);
                    break;
                case GenerationCancelled m when _turns.Find(t => t.GenerationId == m.GenerationId) is { } cut:
                    (cut.HeardText, cut.Interrupted) = (m.HeardText, true);
                    break;
            }
        }
    }

    private DemoTurn Turn(string id)
    {
        if (_turns.Find(t => t.TurnId == id) is { } known) { return known; }
        var turn = new DemoTurn(id);
        _turns.Add(turn);
        return turn;
    }
}
