using Parley.Pipeline;
using Parley.Transports;

namespace Parley.Sessions;

/// <summary>What others post to a session's loop.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Input">What the client sent.</param>
/// <param name="Event">What background work tells.</param>
/// <param name="Arrived">When the input came, as a timestamp.</param>
internal readonly record struct SessionMail(SessionMailKind Kind, ClientInput? Input = null, PipelineEvent? Event = null, long Arrived = 0)
{
    public SessionMail(ClientInput input, long arrived) : this(SessionMailKind.Input, Input: input, Arrived: arrived) { }

    public SessionMail(PipelineEvent happened) : this(SessionMailKind.Event, Event: happened) { }
}

internal enum SessionMailKind
{
    Input,
    Event,

    /// <summary>The line is gone.</summary>
    Gone,

    /// <summary>The client did not start.</summary>
    StartTimeout,

    /// <summary>The client comes back on another line.</summary>
    HandedOver,

    /// <summary>The server shuts down.</summary>
    Drain,

    /// <summary>It has waited long enough for the turn to end.</summary>
    DrainTimeout,
}
