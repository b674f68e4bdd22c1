namespace Parley.Bench.Load.Dialects;

/// <summary>A client's line to the server in one of its dialects; 24 kHz both ways, so that dialects are compared and not resamplers.</summary>
internal interface IDialectLine : IDisposable
{
    const int SampleRate = 24_000;

    /// <summary>Sends a frame of the microphone, PCM16 little endian.</summary>
    void Send(ReadOnlyMemory<byte> pcm);

    /// <summary>Waits for the next thing that matters.</summary>
    /// <returns>Null when the line is closed.</returns>
    Task<Heard?> HearAsync();

    /// <summary>Hangs up.</summary>
    Task EndAsync();
}

/// <summary>What came from the server.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Samples">How much audio.</param>
internal readonly record struct Heard(HeardKind Kind, int Samples = 0);

internal enum HeardKind
{
    /// <summary>Something else.</summary>
    Other,

    /// <summary>A packet of the assistant's voice, decoded.</summary>
    Audio,

    /// <summary>All of the reply has come.</summary>
    Done,

    /// <summary>The server refused something.</summary>
    Error,
}
