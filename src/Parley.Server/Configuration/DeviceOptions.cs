using System.ComponentModel.DataAnnotations;
using Parley.Transports.Protocol;

namespace Parley.Server.Configuration;

/// <summary>What holds for the conversations of all devices with one firmware.</summary>
public abstract class DeviceOptions
{
    /// <summary>Whether they are served at all.</summary>
    /// <value>The default is true.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>BCP 47; empty: the sessions' default.</summary>
    /// <value>The default is empty.</value>
    [StringLength(35, ErrorMessage = "Language has at most 35 characters.")]
    public string Language { get; set; } = "";

    /// <summary>A voice of the session's synthesiser; empty: its own choice.</summary>
    /// <value>The default is empty.</value>
    [StringLength(128, ErrorMessage = "Voice has at most 128 characters.")]
    public string Voice { get; set; } = "";

    /// <summary>Who the assistant is; empty: the built-in prompt.</summary>
    /// <value>The default is empty.</value>
    [StringLength(4_000, ErrorMessage = "Persona has at most 4000 characters.")]
    public string Persona { get; set; } = "";

    /// <summary>How long a silence the speaker is given.</summary>
    /// <value>The default is the sessions' own.</value>
    public Patience? Patience { get; set; }

    /// <summary>Whether audio may go to recognisers on other machines: what the users of these devices agreed to.</summary>
    /// <value>The default is false.</value>
    public bool CloudAudio { get; set; }

    /// <summary>The same as a session is asked for.</summary>
    internal SessionConfig ToConfig()
    {
        return new SessionConfig
        {
            Language = Given(Language),
            Voice = Given(Voice),
            Persona = Given(Persona),
            Turn = new TurnConfig { Patience = Patience },
            Consent = new ConsentConfig { CloudAudio = CloudAudio },
        };

        static string? Given(string setting) => setting.Length > 0 ? setting : null;
    }
}
