using System.ComponentModel.DataAnnotations;

namespace Parley.Governance;

/// <summary>Who waits and who is turned away when there is too much to do (<c>Parley:Governance</c>).</summary>
public sealed class GovernanceOptions
{
    /// <summary>Calls that an engine may have at a time, to begin with.</summary>
    /// <value>The default is 64.</value>
    [Range(1, 100_000, ErrorMessage = "InitialLimit must be 1 to 100000.")]
    public int InitialLimit { get; set; } = 64;

    /// <summary>The fewest that the measured latency may bring it down to.</summary>
    /// <value>The default is 4.</value>
    [Range(1, 100_000, ErrorMessage = "MinLimit must be 1 to 100000.")]
    public int MinLimit { get; set; } = 4;

    /// <summary>The most that it may bring it up to.</summary>
    /// <value>The default is 1000.</value>
    [Range(1, 100_000, ErrorMessage = "MaxLimit must be 1 to 100000.")]
    public int MaxLimit { get; set; } = 1_000;

    /// <summary>How much slower than usual an engine may answer before fewer calls are allowed.</summary>
    /// <value>The default is 2: twice the long-term latency.</value>
    [Range(1d, 10d, ErrorMessage = "Tolerance must be 1 to 10.")]
    public double Tolerance { get; set; } = 2;

    /// <summary>The share of this machine's processors from which on the limits of local engines do not grow but shrink.</summary>
    /// <value>The default is 0.95.</value>
    [Range(0.1, 1d, ErrorMessage = "MaxCpu must be 0.1 to 1.")]
    public double MaxCpu { get; set; } = 0.95;

    /// <summary>Calls that may wait for one engine; one more is turned away, or for an interactive one a call that is delayed or of the background.</summary>
    /// <value>The default is 256.</value>
    [Range(1, 100_000, ErrorMessage = "QueueCapacity must be 1 to 100000.")]
    public int QueueCapacity { get; set; } = 256;

    /// <summary>How long an interactive call waits for its turn before it is turned away.</summary>
    /// <value>The default is 2 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:05:00", ErrorMessage = "InteractiveWait must be 0.01 seconds to 5 minutes.")]
    public TimeSpan InteractiveWait { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a background call does.</summary>
    /// <value>The default is 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00", ErrorMessage = "BackgroundWait must be 0.01 seconds to 1 hour.")]
    public TimeSpan BackgroundWait { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Ageing: a background call goes before interactive ones that come so much later.</summary>
    /// <value>The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ErrorMessage = "BackgroundAge must be 0 to 10 minutes.")]
    public TimeSpan BackgroundAge { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Ageing: a call with long speech goes before shorter ones that come so much later, at most.</summary>
    /// <value>The default is 1 second.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ErrorMessage = "LongAge must be 0 to 10 minutes.")]
    public TimeSpan LongAge { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>A place that was not given back for so long is taken back and counted as a leak.</summary>
    /// <value>The default is 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "MaxLease must be 1 second to 1 day.")]
    public TimeSpan MaxLease { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Requests of the HTTP API that one key, or one address where there are no keys, may make a minute.</summary>
    /// <value>The default is 0: any number.</value>
    [Range(0, 10_000_000, ErrorMessage = "RequestsPerMinute must be 0 to 10000000.")]
    public int RequestsPerMinute { get; set; }

    /// <summary>Requests of the HTTP API that one key may have under way at a time.</summary>
    /// <value>The default is 0: any number.</value>
    [Range(0, 100_000, ErrorMessage = "RequestsAtOnce must be 0 to 100000.")]
    public int RequestsAtOnce { get; set; }

    /// <summary>Requests of the HTTP API that may be under way in all; one more is told to come back later.</summary>
    /// <value>The default is 2000.</value>
    [Range(1, 1_000_000, ErrorMessage = "MaxRequests must be 1 to 1000000.")]
    public int MaxRequests { get; set; } = 2_000;

    /// <summary>The share of this machine's processors from which on new requests of the HTTP API are told to come back later.</summary>
    /// <value>The default is 1: never.</value>
    [Range(0.1, 1d, ErrorMessage = "ShedCpu must be 0.1 to 1.")]
    public double ShedCpu { get; set; } = 1;
}
