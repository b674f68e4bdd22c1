using System.ComponentModel.DataAnnotations;

namespace Parley.Server.Configuration;

/// <summary>The server itself (<c>Parley:Server</c>).</summary>
public sealed class ServerOptions
{
    /// <summary>Where it listens, one address or more, separated by semicolons.</summary>
    /// <value>The default is <c>http://127.0.0.1:8710</c>: this machine alone.</value>
    [Required]
    public string Urls { get; set; } = "http://127.0.0.1:8710";

    /// <summary>Whether to serve https beside each http address of <see cref="Urls"/>, on the port after it (443 beside 80).</summary>
    /// <value>The default is false; https addresses in <see cref="Urls"/> are served in any case.</value>
    public bool Https { get; set; }

    /// <summary>Conversations at a time; one more is told <c>overloaded</c>.</summary>
    /// <value>The default is 100.</value>
    [Range(1, 100_000, ErrorMessage = "MaxSessions must be 1 to 100000.")]
    public int MaxSessions { get; set; } = 100;

    /// <summary>How long running sessions may take to end when the server stops.</summary>
    /// <value>The default is 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ErrorMessage = "ShutdownTimeout must be 1 second to 5 minutes.")]
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Lets chat requests go on on the threads that watch the sockets, instead of waking a thread of the pool at each step.</summary>
    /// <value>The default is true.</value>
    public bool InlineSockets { get; set; } = true;

    /// <summary>The threads that conversations share; each stays on one to its end. Engines have threads of their own.</summary>
    /// <value>The default is null: as many as there are processors.</value>
    [Range(1, 256, ErrorMessage = "SessionThreads must be 1 to 256.")]
    public int? SessionThreads { get; set; }
}
