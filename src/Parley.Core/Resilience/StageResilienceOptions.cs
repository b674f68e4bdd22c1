using System.ComponentModel.DataAnnotations;

namespace Parley.Resilience;

/// <summary>Waits, tries and breakers of the engines of one stage.</summary>
public sealed class StageResilienceOptions
{
    /// <summary>The wait for a stage's first result while another engine could take over: tries and pauses included, and what that engine usually needs.</summary>
    /// <value>The default is 8 seconds for recognisers and language models, 2 seconds for synthesisers. Three times as long where there is no other engine;
    /// but whoever gives up after it has waited long enough, and the engine counts as late. So it must be shorter than the callers' own timeouts.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:05:00", ErrorMessage = "Timeout must be 0.05 seconds to 5 minutes.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>The wait for each result after the first; a stall is noticed up to half as long later.</summary>
    /// <value>The default is 8 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:05:00", ErrorMessage = "IdleTimeout must be 0.05 seconds to 5 minutes.")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>Further tries of the same engine after a transient failure, before its first result.</summary>
    /// <value>The default is 1 for language models, else 0.</value>
    [Range(0, 5, ErrorMessage = "Retries must be 0 to 5.")]
    public int Retries { get; set; }

    /// <summary>The pause before the first further try; it doubles with each, and chance moves it.</summary>
    /// <value>The default is 0.1 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:30", ErrorMessage = "RetryDelay must be 0.01 to 30 seconds.")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Hedging: when the first engine has given nothing for so long, the next one is asked too, and whichever answers first is heard.</summary>
    /// <value>The default is null: no hedging. It costs calls that come to nothing.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:05:00", ErrorMessage = "Hedge must be 0.01 seconds to 5 minutes, or left out.")]
    public TimeSpan? Hedge { get; set; }

    /// <summary>The share of calls that must fail for the engine to be left alone for a while.</summary>
    /// <value>The default is 0.3.</value>
    [Range(0.01, 1d, ErrorMessage = "FailureRatio must be 0.01 to 1.")]
    public double FailureRatio { get; set; } = 0.3;

    /// <summary>Calls within <see cref="Sampling"/> without which nothing is concluded from failures.</summary>
    /// <value>The default is 3.</value>
    [Range(2, 10_000, ErrorMessage = "MinimumCalls must be 2 to 10000.")]
    public int MinimumCalls { get; set; } = 3;

    /// <summary>The time over which calls are counted.</summary>
    /// <value>The default is 10 seconds: little more than a timeout, or what went well before would hide that an engine has fallen silent.</value>
    [Range(typeof(TimeSpan), "00:00:00.500", "01:00:00", ErrorMessage = "Sampling must be 0.5 seconds to 1 hour.")]
    public TimeSpan Sampling { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an engine that fails is left alone: by everybody once its breaker opens, and by a session in which it failed. It doubles while the engine stays broken, up to a minute.</summary>
    /// <value>The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:10:00", ErrorMessage = "Break must be 0.5 seconds to 10 minutes.")]
    public TimeSpan Break { get; set; } = TimeSpan.FromSeconds(5);
}
