using System.ComponentModel.DataAnnotations;
using Parley.Diagnostics;
using Parley.Policy;

namespace Parley.WebSockets.ElevenLabs;

/// <summary>A synthesiser of ElevenLabs that tells the times of what it says (<c>Parley:ElevenLabs:NAME</c>).</summary>
public sealed class ElevenLabsOptions
{
    /// <summary>The service's address, up to its version.</summary>
    /// <value>The default is wss://api.elevenlabs.io/v1.</value>
    [Required(ErrorMessage = "Url must be set.")]
    [Address("wss", "ws", ErrorMessage = "Url must be an absolute address that begins with wss:// or ws://.")]
    public Uri Url { get; set; } = new("wss://api.elevenlabs.io/v1");

    /// <summary>The key. It is never logged.</summary>
    /// <value>The default is null: the environment variable decides.</value>
    public string? ApiKey { get; set; }

    /// <summary>The environment variable that holds the key where <see cref="ApiKey"/> is null.</summary>
    /// <value>The default is "ELEVENLABS_API_KEY".</value>
    [Required(ErrorMessage = "ApiKeyEnvironmentVariable must be set.")]
    public string ApiKeyEnvironmentVariable { get; set; } = "ELEVENLABS_API_KEY";

    /// <summary>The model to ask for.</summary>
    /// <value>The default is "eleven_flash_v2_5".</value>
    [Required(ErrorMessage = "Model must be set.")]
    public string Model { get; set; } = "eleven_flash_v2_5";

    /// <summary>The voices' ids that sessions may ask for, the default first.</summary>
    /// <value>The default is none: "21m00Tcm4TlvDq8ikWAM" alone, a voice that every account has.</value>
    public IList<string> Voices { get; } = [];

    /// <summary>Samples a second; the account must allow it.</summary>
    /// <value>The default is 24000.</value>
    [AllowedValues(16_000, 22_050, 24_000, 44_100, ErrorMessage = "SampleRate must be 16000, 22050, 24000 or 44100.")]
    public int SampleRate { get; set; } = 24_000;

    /// <summary>How even the voice is.</summary>
    /// <value>The default is 0.5.</value>
    [Range(0d, 1d, ErrorMessage = "Stability must be 0 to 1.")]
    public double Stability { get; set; } = 0.5;

    /// <summary>How close it keeps to the original voice.</summary>
    /// <value>The default is 0.75.</value>
    [Range(0d, 1d, ErrorMessage = "Similarity must be 0 to 1.")]
    public double Similarity { get; set; } = 0.75;

    /// <summary>Connections for the default voice that wait for the next clause; each serves one.</summary>
    /// <value>The default is 2.</value>
    [Range(0, 64, ErrorMessage = "WarmConnections must be 0 to 64.")]
    public int WarmConnections { get; set; } = 2;

    /// <summary>How long a connection may take to be made.</summary>
    /// <value>The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00", ErrorMessage = "ConnectTimeout must be 0.1 to 60 seconds.")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait for audio.</summary>
    /// <value>The default is 8 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:02:00", ErrorMessage = "Timeout must be 0.1 seconds to 2 minutes.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>The longest text of a request.</summary>
    /// <value>The default is 5000.</value>
    [Range(100, 40_000, ErrorMessage = "MaxCharacters must be 100 to 40000.")]
    public int MaxCharacters { get; set; } = 5_000;

    /// <summary>What is known of it; its languages are those that it is asked to speak.</summary>
    /// <value>The default is a remote engine.</value>
    public EngineAttributes Attributes { get; } = new() { Local = false };
}
