using Parley.Transports.Protocol;

namespace Parley.Transports.Realtime.Sessions;

/// <summary>
/// Parley's own session behind a client's, and what waits to be said to it. It is started when something first needs it, so that a client may
/// configure before what cannot change later, such as who hears it.
/// </summary>
internal sealed class NativeSession(RealtimeCall call)
{
    // Bounded by what one event of the client asks for: the next is read when all was taken.
    private readonly Queue<ClientInput> _inputs = new();

    /// <summary>The session as the client knows it.</summary>
    public required RealtimeSession Settings { get; set; }

    /// <summary>Whether the session has begun, or is about to.</summary>
    public bool IsStarted { get; private set; }

    /// <summary>Says something to the session.</summary>
    public void Ask(ClientInput input)
    {
        Start();
        _inputs.Enqueue(input);
    }

    public void Start()
    {
        if (IsStarted) { return; }
        IsStarted = true;
        _inputs.Enqueue(new SessionStart(Config: NativeConfig.ToStart(Settings, call)));
    }

    /// <summary>The client's settings have changed.</summary>
    public void Reconfigure(RealtimeSession settings)
    {
        Settings = settings;
        if (IsStarted) { _inputs.Enqueue(new SessionUpdate(NativeConfig.From(settings, call))); }
    }

    /// <summary>Takes what waits.</summary>
    public bool TryTake(out ClientInput? input) => _inputs.TryDequeue(out input);
}
