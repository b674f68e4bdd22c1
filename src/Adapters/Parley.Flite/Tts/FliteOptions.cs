namespace Parley.Flite.Tts;

/// <summary>How the Flite synthesiser is used.</summary>
public sealed record FliteOptions
{
    /// <summary>The voice for requests that name none: <c>slt</c>, <c>rms</c>, <c>awb</c>, <c>kal16</c> (16 kHz) or <c>kal</c> (8 kHz).</summary>
    /// <value>The default is <c>slt</c>; the first installed voice where it is missing.</value>
    public string DefaultVoice { get; init; } = "slt";

    /// <summary>The longest text of a request, in characters.</summary>
    /// <value>The default is 5000.</value>
    public int MaxCharacters { get; init; } = 5000;

    /// <summary>How long a request waits for the engine, which speaks for one request at a time.</summary>
    /// <value>The default is 5 seconds.</value>
    public TimeSpan QueueTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The silence kept before the first word. The voices begin with about 160 ms, which the listener would feel as latency.</summary>
    /// <value>The default is 40 milliseconds.</value>
    public TimeSpan LeadingPause { get; init; } = TimeSpan.FromMilliseconds(40);
}
