namespace Parley.Cli;

/// <summary>The command was used wrongly or was given what it cannot use; the message says so in one line.</summary>
internal sealed class UsageException(string message) : Exception(message);
