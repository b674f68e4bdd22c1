using System.ComponentModel.DataAnnotations;
using Parley.Policy;

namespace Parley.OpenAICompatible.Asr;

/// <summary>A recogniser on one of the upstreams (<c>Parley:Transcription:NAME</c>).</summary>
public sealed class TranscriptionEngineOptions
{
    /// <summary>The name of its server under <c>Parley:Upstreams</c>.</summary>
    /// <value>The default is the engine's own name.</value>
    public string? Upstream { get; set; }

    /// <summary>The model to ask for.</summary>
    /// <value>The default is "whisper-1", which servers of a single model accept.</value>
    [Required(ErrorMessage = "Model must be set.")]
    public string Model { get; set; } = "whisper-1";

    /// <summary>Appended to the server's base address; with a slash in front it counts from the host, such as <c>/inference</c> of whisper.cpp.</summary>
    /// <value>The default is "audio/transcriptions".</value>
    [Required(ErrorMessage = "Path must be set.")]
    public string Path { get; set; } = "audio/transcriptions";

    /// <summary>When a speaker's audio goes to the server.</summary>
    /// <value>The default is <see cref="TranscriptionMode.Whole"/>.</value>
    public TranscriptionMode Mode { get; set; }

    /// <summary>The form of the answer. Only <c>verbose_json</c> has word times and probabilities; some models refuse it.</summary>
    /// <value>The default is <c>auto</c>: <c>json</c> for models whose name begins with "gpt-", else <c>verbose_json</c>.</value>
    [AllowedValues("auto", "json", "verbose_json", "text", ErrorMessage = "Format must be auto, json, verbose_json or text.")]
    public string Format { get; set; } = "auto";

    /// <summary>Asks for the words' times, which <c>verbose_json</c> can have.</summary>
    /// <value>The default is true.</value>
    public bool WordTimes { get; set; } = true;

    /// <summary>Asks for the text as it is decoded (server-sent events); it comes as partial transcripts.</summary>
    /// <value>The default is false.</value>
    public bool Stream { get; set; }

    /// <summary>The language that the server is told, such as <c>en</c>; <c>auto</c> tells it none.</summary>
    /// <value>The default is null: the session's language.</value>
    public string? Language { get; set; }

    /// <summary>Text that goes before the audio for the model: names and terms to expect.</summary>
    /// <value>The default is null.</value>
    public string? Prompt { get; set; }

    /// <summary>Tells the server what the reply engine expects to hear, behind <see cref="Prompt"/>.</summary>
    /// <value>The default is true.</value>
    public bool SendHints { get; set; } = true;

    /// <summary>Further form fields, such as <c>vad_filter</c> = <c>true</c>.</summary>
    public Dictionary<string, string> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>From a request to its whole answer.</summary>
    /// <value>The default is 20 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00", ErrorMessage = "Timeout must be 0.1 seconds to 5 minutes.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Audio of an utterance beyond it is not sent.</summary>
    /// <value>The default is 60 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:05", "00:05:00", ErrorMessage = "MaxUtterance must be 5 seconds to 5 minutes.")]
    public TimeSpan MaxUtterance { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Chunked: new audio until the next window goes out, if the one before has been answered.</summary>
    /// <value>The default is 1 second.</value>
    [Range(typeof(TimeSpan), "00:00:00.200", "00:00:10", ErrorMessage = "WindowStep must be 0.2 to 10 seconds.")]
    public TimeSpan WindowStep { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Chunked: the longest window; beyond it the window begins later, after words that are stable.</summary>
    /// <value>The default is 15 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:03", "00:00:30", ErrorMessage = "Window must be 3 to 30 seconds.")]
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Chunked: the final transcript is made of the windows; otherwise the whole utterance is sent once more, which is better and costs more.</summary>
    /// <value>The default is false.</value>
    public bool FinalFromWindows { get; set; }

    /// <summary>The confidence of a transcript whose server tells none.</summary>
    /// <value>The default is 0.8.</value>
    [Range(0d, 1d, ErrorMessage = "Confidence must be 0 to 1.")]
    public double Confidence { get; set; } = 0.8;

    /// <summary>How long the model may be unused until it is given half a second of silence, so that its server keeps it loaded; at start too. 0: never.</summary>
    /// <value>The default is null: 4 minutes on a local server, never on a remote one.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ErrorMessage = "WarmUpInterval must be 0 to 1 day.")]
    public TimeSpan? WarmUpInterval { get; set; }

    /// <summary>What is known of it.</summary>
    /// <value>The default is an engine that is local where its server's address is this machine's.</value>
    public EngineAttributes Attributes { get; } = new() { Local = false };

    /// <summary>The form that is asked for.</summary>
    internal string AskedFormat => Format != "auto" ? Format : Model.StartsWith("gpt-", StringComparison.OrdinalIgnoreCase) ? "json" : "verbose_json";
}
