namespace Parley.EspeakNg.Tts;

/// <summary>How the eSpeak NG program is used.</summary>
public sealed record EspeakNgOptions
{
    /// <summary>The program: a name on the path, or a full path.</summary>
    /// <value>The default is <c>espeak-ng</c>.</value>
    public string Program { get; init; } = "espeak-ng";

    /// <summary>The voice that is kept warm from the start, and the first of the voices.</summary>
    /// <value>The default is <c>en-us</c>.</value>
    public string DefaultVoice { get; init; } = "en-us";

    /// <summary>The longest text of a request, in characters.</summary>
    /// <value>The default is 5000.</value>
    public int MaxCharacters { get; init; } = 5000;

    /// <summary>Processes that wait, started, for the next text. A process takes about 8 MB.</summary>
    /// <value>The default is 2.</value>
    public int WarmProcesses { get; init; } = 2;

    /// <summary>Processes that speak at the same time.</summary>
    /// <value>The default is the number of processors.</value>
    public int MaxSpeaking { get; init; } = Environment.ProcessorCount;

    /// <summary>How long a request waits for its turn.</summary>
    /// <value>The default is 5 seconds.</value>
    public TimeSpan QueueTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a process may take for one piece of text before it is killed.</summary>
    /// <value>The default is 10 seconds.</value>
    public TimeSpan SpeakTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
