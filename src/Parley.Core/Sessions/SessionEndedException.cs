namespace Parley.Sessions;

/// <summary>The session cannot go on: the client has gone or does not read.</summary>
internal sealed class SessionEndedException(string reason, Exception? inner = null) : Exception(reason, inner);
