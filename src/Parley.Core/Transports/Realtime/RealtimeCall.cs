using System.Text.Json;

namespace Parley.Transports.Realtime;

/// <summary>What is known of a client of the Realtime API when its line opens.</summary>
/// <param name="Model">The model that it asked for, as it is told of it.</param>
public sealed record RealtimeCall(string Model)
{
    /// <summary>Speech becomes text, and nobody answers.</summary>
    public bool TranscribesOnly { get; init; }

    /// <summary>The client speaks the dialect from before the API was released.</summary>
    public bool SpeaksBeta { get; init; }

    /// <summary>Whether audio may go to recognisers on other machines.</summary>
    public bool CloudAudio { get; init; }

    /// <summary>How the session is to begin, in the form of a <c>session.update</c>: what a client secret carries. Null: it carries nothing.</summary>
    public JsonElement? Session { get; init; }

    /// <summary>The reply engine that the model names; null: the server's choice.</summary>
    public string? ReplyEngine { get; init; }

    /// <summary>The engines' voice that a name stands for; null: the default one.</summary>
    public Func<string, string?> FindVoice { get; init; } = static _ => null;
}
