using System.ComponentModel.DataAnnotations;

namespace Parley.Sessions.Admission;

/// <summary>When new conversations are told to come back later, so that nobody's audio breaks (<c>Parley:Admission</c>).</summary>
public sealed class AdmissionOptions
{
    /// <summary>Whether measured load turns new conversations away; without, only the number of places does.</summary>
    /// <value>The default is true.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>The share of this machine's processors that this process may use, new conversations included.</summary>
    /// <value>The default is 0.9.</value>
    [Range(0.1, 1d, ErrorMessage = "MaxCpu must be 0.1 to 1.")]
    public double MaxCpu { get; set; } = 0.9;

    /// <summary>How late timers may fire, as the 95th percentile of some seconds: what waits for a thread waits in here too.</summary>
    /// <value>The default is 30 milliseconds, half of what a client with a short cushion holds back.</value>
    [Range(typeof(TimeSpan), "00:00:00.002", "00:00:05", ErrorMessage = "MaxLateness must be 0.002 to 5 seconds.")]
    public TimeSpan MaxLateness { get; set; } = TimeSpan.FromMilliseconds(30);

    /// <summary>For how long the load must be well below these before new conversations are let in again.</summary>
    /// <value>The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ErrorMessage = "Recovery must be 0 to 10 minutes.")]
    public TimeSpan Recovery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>So many conversations are let in whatever the load: a machine that is busy with something else still serves its owner.</summary>
    /// <value>The default is 4.</value>
    [Range(0, 100_000, ErrorMessage = "AlwaysAdmit must be 0 to 100000.")]
    public int AlwaysAdmit { get; set; } = 4;
}
