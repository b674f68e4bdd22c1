using System.ComponentModel.DataAnnotations;
using Parley.Policy;

namespace Parley.OpenAICompatible.Tts;

/// <summary>A synthesiser on one of the upstreams (<c>Parley:Speech:NAME</c>).</summary>
public sealed class SpeechEngineOptions
{
    /// <summary>The name of its server under <c>Parley:Upstreams</c>.</summary>
    /// <value>The default is the engine's own name.</value>
    public string? Upstream { get; set; }

    /// <summary>The model to ask for.</summary>
    /// <value>The default is "tts-1".</value>
    [Required(ErrorMessage = "Model must be set.")]
    public string Model { get; set; } = "tts-1";

    /// <summary>Appended to the server's base address; with a slash in front it counts from the host.</summary>
    /// <value>The default is "audio/speech".</value>
    [Required(ErrorMessage = "Path must be set.")]
    public string Path { get; set; } = "audio/speech";

    /// <summary>The voices that sessions may ask for, the default first.</summary>
    /// <value>The default is none: "alloy" alone.</value>
    public IList<string> Voices { get; } = [];

    /// <summary>The form of the audio that is asked for. WAV tells its rate itself, and is taken where PCM was asked for too.</summary>
    /// <value>The default is <c>pcm</c>.</value>
    [AllowedValues("pcm", "wav", ErrorMessage = "Format must be pcm or wav.")]
    public string Format { get; set; } = "pcm";

    /// <summary>Samples a second of the server's PCM.</summary>
    /// <value>The default is 24000.</value>
    [Range(8_000, 48_000, ErrorMessage = "SampleRate must be 8000 to 48000.")]
    public int SampleRate { get; set; } = 24_000;

    /// <summary>Asks for the audio as server-sent events instead of a plain body.</summary>
    /// <value>The default is false.</value>
    public bool Events { get; set; }

    /// <summary>Tells the server the speed; turn it off for one that refuses it.</summary>
    /// <value>The default is true.</value>
    public bool SendSpeed { get; set; } = true;

    /// <summary>How the voice is to speak, for models that can be told.</summary>
    /// <value>The default is null.</value>
    public string? Instructions { get; set; }

    /// <summary>Further fields of the request, such as <c>sample_rate</c> = <c>24000</c>; numbers, <c>true</c> and <c>false</c> are sent as such.</summary>
    public Dictionary<string, string> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>From the request to the first audio.</summary>
    /// <value>The default is 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:02:00", ErrorMessage = "FirstAudioTimeout must be 0.1 seconds to 2 minutes.")]
    public TimeSpan FirstAudioTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest wait for more audio.</summary>
    /// <value>The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:02:00", ErrorMessage = "IdleTimeout must be 0.1 seconds to 2 minutes.")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest text of a request.</summary>
    /// <value>The default is 4096, which is OpenAI's limit.</value>
    [Range(100, 100_000, ErrorMessage = "MaxCharacters must be 100 to 100000.")]
    public int MaxCharacters { get; set; } = 4096;

    /// <summary>The most bytes of one answer; a server that sends more is cut off.</summary>
    /// <value>The default is 64 MiB.</value>
    [Range(65_536, 1 << 30, ErrorMessage = "MaxResponseBytes must be 65536 to 1 GiB.")]
    public int MaxResponseBytes { get; set; } = 64 << 20;

    /// <summary>How long the model may be unused until it is given a word to speak, so that its server keeps it loaded; at start too. 0: never.</summary>
    /// <value>The default is null: 4 minutes on a local server, never on a remote one.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ErrorMessage = "WarmUpInterval must be 0 to 1 day.")]
    public TimeSpan? WarmUpInterval { get; set; }

    /// <summary>What is known of it; its languages are those that it is asked to speak.</summary>
    /// <value>The default is an engine that is local where its server's address is this machine's.</value>
    public EngineAttributes Attributes { get; } = new() { Local = false };
}
