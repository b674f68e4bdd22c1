using Parley.Transports.Protocol;

namespace Parley.Sessions;

/// <summary>How a session stands that runs now.</summary>
/// <param name="Id">The session.</param>
/// <param name="Age">How long ago it began, lines that broke included.</param>
/// <param name="Ready">What it told its client at the begin: configuration and engines; null: it was not started yet.</param>
/// <param name="State">What it does.</param>
/// <param name="LastTurn">Where the time of its newest answer went; null: there was none.</param>
/// <param name="Mailbox">What waits for its loop.</param>
/// <param name="Outbox">What waits for its line.</param>
public sealed record LiveSession(string Id, TimeSpan Age, SessionReady? Ready, StateUpdate? State, TurnMetrics? LastTurn, int Mailbox, int Outbox);
