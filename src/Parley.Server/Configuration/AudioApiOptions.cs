using System.ComponentModel.DataAnnotations;

namespace Parley.Server.Configuration;

/// <summary><c>/v1/audio/speech</c> and <c>/v1/audio/transcriptions</c> (<c>Parley:AudioApi</c>).</summary>
public sealed class AudioApiOptions
{
    /// <summary>Further names of models → the engine that serves them, or <c>auto</c>. The names that OpenAI's clients send are known without.</summary>
    /// <value>The default is none.</value>
    public Dictionary<string, string> Models { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Names of voices, such as <c>alloy</c> → voices of the engines. A name that is neither is the engine's default voice.</summary>
    /// <value>The default is none.</value>
    public Dictionary<string, string> Voices { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The largest recording that is taken.</summary>
    /// <value>The default is 25 MiB.</value>
    [Range(1024, 1 << 30, ErrorMessage = "MaxUploadBytes must be 1024 to 1073741824.")]
    public int MaxUploadBytes { get; set; } = 25 << 20;

    /// <summary>The longest recording that is transcribed.</summary>
    /// <value>The default is 2 hours.</value>
    [Range(typeof(TimeSpan), "00:00:01", "12:00:00", ErrorMessage = "MaxAudio must be 1 second to 12 hours.")]
    public TimeSpan MaxAudio { get; set; } = TimeSpan.FromHours(2);

    /// <summary>How long a client may take to send its request.</summary>
    /// <value>The default is 2 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "UploadTimeout must be 1 second to 1 hour.")]
    public TimeSpan UploadTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The wait for a clause's first audio, and for each piece after it.</summary>
    /// <value>The default is 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:02:00", ErrorMessage = "SpeechTimeout must be 0.5 to 120 seconds.")]
    public TimeSpan SpeechTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Recordings that are transcribed or judged at a time, each of which may hold <see cref="MaxUploadBytes"/> of memory; one more is told to come back.</summary>
    /// <value>The default is 16.</value>
    [Range(1, 1000, ErrorMessage = "MaxTranscriptions must be 1 to 1000.")]
    public int MaxTranscriptions { get; set; } = 16;
}
