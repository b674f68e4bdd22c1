using Parley.Transports.Protocol;
using Parley.Turns;

namespace Parley.Pipeline;

/// <summary>Who has the floor: the user's utterance, the assistant's reply, and what the client is told of it.</summary>
/// <remarks>Used by the session's loop alone.</remarks>
internal sealed class Floor(PipelineContext context) : IDisposable
{
    /// <summary>Utterances that may be refined at a time; of older ones nobody remembers what they were about.</summary>
    private const int MaxRetired = 4;

    private readonly TurnStateMachine _machine = new();
    private readonly List<Utterance> _retired = [];
    private readonly SilenceWatch _silence = new(context);
    private Watchdog? _watchdog;
    private int _turns;

    /// <summary>What the user is saying, until its final transcript came; null while the user says nothing.</summary>
    public Utterance? Utterance { get; set; }

    /// <summary>The reply that may be heard; null while there is none.</summary>
    public Reply? Reply { get; set; }

    public TurnState State => _machine.State;

    /// <summary>Whether the user is speaking, as opposed to waiting for what comes of it.</summary>
    public bool UserSpeaks => Utterance is { IsFinishing: false };

    public SilenceWatch Silence => _silence;

    public Watchdog Watchdog => _watchdog ??= new Watchdog(context, this);

    /// <summary>The session was resumed: the next turn follows number <paramref name="last"/>.</summary>
    public void GoOnAfter(int last) => _turns = last;

    public Turn NewTurn(string? suggestionId = null, TimeSpan spokenFrom = default) =>
        new($"t{++_turns}", context.Time) { SuggestionId = suggestionId, SpokenFrom = spokenFrom, Trace = context.Trace.Begin($"t{_turns}") };

    /// <summary>A turn of before, which is not over.</summary>
    public Turn OldTurn(string id) => new(id, context.Time) { Trace = context.Trace.Begin(id) };

    public void MoveTo(TurnState state)
    {
        if (!_machine.MoveTo(state)) { return; }
        Send(new StateUpdate(state, Reply?.Generation));
        Watchdog.OnState(state);
        if (state == TurnState.Idle) { _silence.Begin(); } else { _silence.End(); }
    }

    /// <summary>The assistant is silent: the state is what the user does.</summary>
    public void Rest() => MoveTo(Utterance switch { null => TurnState.Idle, { IsFinishing: true } => TurnState.Thinking, _ => TurnState.Listening });

    /// <summary>What the user was saying is of no interest.</summary>
    public void DropUtterance()
    {
        if (Utterance is null) { return; }
        DropDraft(Utterance);
        Utterance.Turn.Trace?.End("dropped");
        context.Background.Add(Utterance.DisposeAsync());
        Utterance = null;
    }

    /// <summary>It was understood; where a better transcript may follow, it lives on until then.</summary>
    public void Retire(Utterance utterance)
    {
        if (!utterance.Refines)
        {
            context.Background.Add(utterance.DisposeAsync());
            return;
        }
        _retired.Add(utterance);
        if (_retired.Count > MaxRetired) { Release(_retired[0]); }
    }

    /// <summary>Nothing more will come of it.</summary>
    public void Release(Utterance utterance)
    {
        if (_retired.Remove(utterance)) { context.Background.Add(utterance.DisposeAsync()); }
    }

    /// <summary>Ends the utterances that still might be refined.</summary>
    public void DropRetired()
    {
        while (_retired is [var utterance, ..]) { Release(utterance); }
    }

    /// <summary>The reply that was begun for it comes to nothing.</summary>
    public void DropDraft(Utterance utterance)
    {
        if (utterance.Draft is not { } draft) { return; }
        utterance.Draft = null;
        context.Background.Add(draft.Reply.DisposeAsync());
    }

    public void Send(ServerMessage message) => context.Outbox.Post(message);

    public void Dispose()
    {
        _silence.Dispose();
        _watchdog?.Dispose();
    }
}
