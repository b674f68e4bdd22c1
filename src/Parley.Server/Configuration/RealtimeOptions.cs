namespace Parley.Server.Configuration;

/// <summary>Clients of OpenAI's Realtime API (<c>Parley:Realtime</c>).</summary>
public sealed class RealtimeOptions
{
    /// <summary>Whether audio may go to recognisers on other machines: what the users of these clients agreed to, who have no other way to say so.</summary>
    /// <value>The default is false.</value>
    public bool CloudAudio { get; set; }
}
