using System.Text;
using Parley.Asr;
using Parley.Pipeline;
using Parley.Replies;
using Parley.Replies.Tools;
using Parley.Timeline;
using Parley.Transports.Protocol;

namespace Parley.Sessions.Resuming;

/// <summary>Reads a timeline from its begin and keeps what a session needs to go on.</summary>
/// <remarks>Not thread-safe. The timeline is the state: nothing else is stored, so nothing can disagree with it.</remarks>
internal sealed class SnapshotBuilder
{
    /// <summary>The kinds of entries that matter here.</summary>
    public static readonly IReadOnlyCollection<string> Kinds =
    [
        TimelineKinds.Begin, TimelineKinds.Config, TimelineKinds.Received, TimelineKinds.Sent, TimelineKinds.User, TimelineKinds.Waiting, TimelineKinds.TakeBack,
        TimelineKinds.Assistant, TimelineKinds.ReplyBegin, TimelineKinds.Segment, TimelineKinds.ReplyWritten, TimelineKinds.AudioLeft,
        TimelineKinds.Suspended, TimelineKinds.Hints, TimelineKinds.Tool, TimelineKinds.Refined, TimelineKinds.Corrected, TimelineKinds.Added, TimelineKinds.Removed,
    ];

    private readonly UserContext _user = new();
    private readonly ConversationHistory _history;
    private readonly ClientCalls _calls;
    private readonly long _lastSeq;
    private readonly List<ServerMessage> _missed = [];
    private readonly SortedSet<uint> _beside = [];
    private readonly List<UserSpoke> _waiting = [];
    private readonly List<SegmentBegun> _segments = [];
    private readonly StringBuilder _text = new();
    private SessionConfig _config;
    private IReadOnlyDictionary<string, EngineChoice> _engines = new Dictionary<string, EngineChoice>();
    private RecognitionHints? _hints;
    private string? _unanswered, _openTurn, _heldTurn;
    private uint _generation, _lastGeneration;
    private int _lastTurn, _quickLength, _suspendedLength;
    private long _lastEntry, _highestSeq, _reported, _left, _suspended;
    private bool _isSilent;
    private ReplyWritten? _written;

    /// <param name="config">The configuration that the session began with.</param>
    /// <param name="maxHistory">Messages of the conversation that are kept.</param>
    /// <param name="lastSeq">The highest <c>seq</c> that the client has.</param>
    public SnapshotBuilder(SessionConfig config, int maxHistory, long lastSeq)
    {
        (_config, _lastSeq, _history) = (config, lastSeq, new ConversationHistory(maxHistory, new UserContext()));
        _calls = new ClientCalls(_history);
    }

    /// <summary>The number of the last entry.</summary>
    public long LastEntry => _lastEntry;

    /// <summary>An entry that changes nothing here.</summary>
    public void Skip(StoredEntry entry) => _lastEntry = entry.Number;

    /// <exception cref="StoreException">The entry is damaged.</exception>
    public void Add(StoredEntry entry)
    {
        _lastEntry = entry.Number;
        var json = TimelineJsonContext.Default;
        switch (entry.Kind)
        {
            case TimelineKinds.Config: _config = TimelineJson.Decode(entry, json.SessionConfig); break;
            case TimelineKinds.Received: Received(TimelineJson.Decode(entry, ProtocolJson.Default.ClientMessage), entry.At); break;
            case TimelineKinds.Sent: Sent(TimelineJson.Decode(entry, ProtocolJson.Default.ServerMessage)); break;
            case TimelineKinds.User: Said(TimelineJson.Decode(entry, json.UserSpoke)); break;
            case TimelineKinds.Waiting: Await(TimelineJson.Decode(entry, json.UserSpoke)); break;
            case TimelineKinds.Begin: _engines = TimelineJson.Decode(entry, json.SessionBegun).Engines; break;
            case TimelineKinds.Refined: Refined(TimelineJson.Decode(entry, json.UserRefined)); break;
            case TimelineKinds.Corrected: Correct(TimelineJson.Decode(entry, json.AssistantCorrected)); break;
            case TimelineKinds.Added: Add(TimelineJson.Decode(entry, json.MessageAdded)); break;
            case TimelineKinds.Removed: Remove(TimelineJson.Decode(entry, json.MessageRemoved)); break;
            case TimelineKinds.TakeBack: _unanswered = _history.TakeBackUser(); break;
            case TimelineKinds.ReplyBegin: Begin(TimelineJson.Decode(entry, json.ReplyBegun)); break;
            case TimelineKinds.Segment: Begin(TimelineJson.Decode(entry, json.SegmentBegun)); break;
            case TimelineKinds.ReplyWritten: Written(TimelineJson.Decode(entry, json.ReplyWritten)); break;
            case TimelineKinds.AudioLeft: Left(TimelineJson.Decode(entry, json.AudioLeft)); break;
            case TimelineKinds.Suspended: Suspend(TimelineJson.Decode(entry, json.ReplySuspended)); break;
            case TimelineKinds.Assistant: End(TimelineJson.Decode(entry, json.AssistantSpoke)); break;
            case TimelineKinds.Tool: Called(TimelineJson.Decode(entry, json.ToolExchange)); break;
            case TimelineKinds.Hints: _hints = TimelineJson.Decode(entry, json.RecognitionHints); break;
        }
    }

    /// <param name="lead">How far ahead of the listener audio was sent, for a client that did not say where it was.</param>
    public SessionSnapshot Build(long lead) => new()
    {
        Config = _config,
        Engines = _engines.ToDictionary(e => e.Key, e => e.Value.Name),
        LastEntry = _lastEntry,
        LastSeq = _highestSeq,
        LastGeneration = _lastGeneration,
        LastTurn = _lastTurn,
        History = _history,
        Calls = _calls,
        Context = _user.Items,
        Actions = _user.Actions,
        Hints = _hints,
        Unanswered = _unanswered,
        Waiting = _waiting,
        HeldTurn = _heldTurn,
        OpenTurn = _openTurn,
        OpenGeneration = _generation,
        Reply = ToResumption(lead),
        Beside = _beside,
        Missed = _missed,
    };

    private void Said(UserSpoke said)
    {
        _waiting.RemoveAll(w => w.TurnId == said.TurnId);
        _history.AddUser(said.Text, said.Confidence, said.SuggestionId, said.TurnId);
        (_unanswered, _generation) = (null, 0);
        (_openTurn, _heldTurn) = said.Held ? (null, said.TurnId) : ((string?)said.TurnId, (string?)null);
        SawTurn(said.TurnId);
    }

    private void Await(UserSpoke said)
    {
        _waiting.Add(said);
        SawTurn(said.TurnId);
    }

    private void Correct(AssistantCorrected corrected) => _history.Correct(corrected.Id, corrected.HeardText, corrected.Interrupted);

    private void Add(MessageAdded added) => _history.Insert(added.Id, HistoryEdits.RoleOf(added.Role), added.Text, added.After);

    private void Remove(MessageRemoved removed)
    {
        if (!_history.Remove(removed.Id)) { _waiting.RemoveAll(w => w.TurnId == removed.Id); }
    }

    private void Refined(UserRefined refined)
    {
        if (_unanswered == refined.Before) { _unanswered = refined.After; } else { _history.ReplaceUser(refined.Before, refined.After); }
    }

    private void Begin(ReplyBegun begun)
    {
        SawTurn(begun.TurnId);
        _lastGeneration = Math.Max(_lastGeneration, begun.GenerationId);
        if (begun.Beside)
        {
            _beside.Add(begun.GenerationId);
            return;
        }
        (_openTurn, _generation) = (begun.TurnId, begun.GenerationId);
        (_reported, _left, _suspended, _isSilent, _written) = (-1, 0, -1, begun.Silent, null);
        _heldTurn = null;
        _segments.Clear();
        _text.Clear();
        _quickLength = 0;
    }

    private void Begin(SegmentBegun begun)
    {
        if (begun.GenerationId == _generation) { _segments.Add(begun); }
    }

    private void Written(ReplyWritten written)
    {
        if (written.GenerationId == _generation) { _written = written; }
    }

    private void Left(AudioLeft left)
    {
        if (left.GenerationId == _generation) { _left = left.EndSample; }
    }

    private void End(AssistantSpoke spoke)
    {
        _history.AddAssistant(spoke.HeardText, spoke.Interrupted, StoredProperties.ToProperties(spoke.Properties), HistoryEdits.IdOf(spoke.GenerationId));
        (_openTurn, _generation) = (null, 0);
        if (_calls.EndReply()) { _heldTurn = spoke.TurnId; }
    }

    /// <summary>Tools of the server are noted with their result, those of the client twice.</summary>
    private void Called(ToolExchange exchange)
    {
        if (exchange.Outcome == ToolOutcome.Pending) { _calls.Add(exchange); }
        else if (_calls.Find(exchange.CallId) is { } call && call.Name == exchange.Name) { _calls.Answer(call, exchange); }
        else { _history.AddTools([exchange]); }
    }

    private void Suspend(ReplySuspended suspended)
    {
        if (suspended.GenerationId == _generation) { (_suspended, _suspendedLength) = (suspended.Position, suspended.HeardLength); }
    }

    private void Received(ClientMessage message, TimeSpan at)
    {
        switch (message)
        {
            case Playback m when m.GenerationId == _generation && m.PlayedSamples is { } played: _reported = Math.Max(_reported, played); break;
            case ContextUpdate m: _user.Set(new ContextItem(m.ContextId!, m.Title, m.Page, m.Text!)); break;
            case UiEvent m: _user.Add(new UserAction(at, m.Name!, m.Data?.GetRawText())); break;
        }
    }

    private void Sent(ServerMessage message)
    {
        _highestSeq = Math.Max(_highestSeq, message.Seq);
        switch (message)
        {
            case AssistantTextDelta m when m.GenerationId == _generation:
                _text.Append(m.Text);
                if (m.Kind == ReplyKind.Quick) { _quickLength = _text.Length; }
                break;
            case ReplyFinished m: _beside.Remove(m.GenerationId); break;
            case GenerationCancelled m: _beside.Remove(m.GenerationId); break;
            case AsrPartial m: SawTurn(m.TurnId); break;
            // Of the line, not of the conversation; and what goes with audio comes again with it.
            case SessionReady or SessionEnded or Pong or VisemeTimeline or SegmentBegan or AudioEnded: return;
        }
        if (message.Seq > _lastSeq) { _missed.Add(message); }
    }

    /// <summary>Null: nothing of the reply is known, or nothing was heard and its text is not complete.</summary>
    private ReplyResumption? ToResumption(long lead)
    {
        if (_openTurn is null || _generation == 0 || (_text.Length == 0 && !_calls.Any)) { return null; }
        // A call of the client's tools is the end of a reply.
        var isComplete = _written is not null || _calls.Any;
        // The client's word is the best: after it was lost, nobody knows how much of what was sent arrived. Rather a syllable twice than never.
        var position = _reported >= 0 ? _reported : _suspended >= 0 ? _suspended : Math.Max(0, _left - lead);
        if (position == 0 && !isComplete) { return null; }
        var at = _segments.LastOrDefault(s => s.StartSample <= position) ?? new SegmentBegun(_generation, 0, 0, 0);
        var heard = Math.Max(at.TextOffset, position == _suspended ? Math.Min(_suspendedLength, _text.Length) : 0);
        return new ReplyResumption(
            _text.ToString(), _quickLength, isComplete, at.Segment, at.StartSample, at.TextOffset, position, heard, !_isSilent,
            StoredProperties.ToProperties(_written?.Properties), _written?.Cut, _written?.Usage);
    }

    private void SawTurn(string id)
    {
        if (int.TryParse(id.AsSpan(1), out var number)) { _lastTurn = Math.Max(_lastTurn, number); }
    }
}
