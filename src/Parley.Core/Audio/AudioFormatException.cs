namespace Parley.Audio;

/// <summary>A file or stream is not audio that Parley can read. The message is one sentence for whoever supplied it.</summary>
public sealed class AudioFormatException(string message) : Exception(message);
