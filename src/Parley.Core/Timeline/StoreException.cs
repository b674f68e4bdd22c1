namespace Parley.Timeline;

/// <summary>A store cannot be read or written; the message is for people.</summary>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner);
