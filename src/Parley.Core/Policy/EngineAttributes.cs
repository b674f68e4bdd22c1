using System.ComponentModel.DataAnnotations;

namespace Parley.Policy;

/// <summary>What is known of an engine before it was ever called; the policy chooses by it and by what is measured.</summary>
public sealed class EngineAttributes
{
    /// <summary>Whether it runs on this machine or on one that is as trusted: nothing leaves the house.</summary>
    /// <value>The default is true.</value>
    public bool Local { get; set; } = true;

    /// <summary>What a minute of conversation costs on it, in US cents.</summary>
    /// <value>The default is 0.</value>
    [Range(0d, 10_000d, ErrorMessage = "Cost must be 0 to 10000 US cents a minute.")]
    public double Cost { get; set; }

    /// <summary>The latency to expect until there are measurements: to the first token, to the first audio, or to the final transcript.</summary>
    /// <value>The default is 0.3 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ErrorMessage = "Latency must be 0 to 60 seconds.")]
    public TimeSpan Latency { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How good its results are: 0 is useless, 1 is what an expert would give.</summary>
    /// <value>The default is 0.5.</value>
    [Range(0d, 1d, ErrorMessage = "Accuracy must be 0 to 1.")]
    public double Accuracy { get; set; } = 0.5;

    /// <summary>How far what is said stays with the learner: 1 on this machine, 0 at a service that may train on it.</summary>
    /// <value>The default is null: 1 for a local engine, 0.3 for a remote one.</value>
    [Range(0d, 1d, ErrorMessage = "Privacy must be 0 to 1.")]
    public double? Privacy { get; set; }

    /// <summary>Calls at a time that it serves without slowing down.</summary>
    /// <value>The default is 16.</value>
    [Range(1, 100_000, ErrorMessage = "Capacity must be 1 to 100000.")]
    public int Capacity { get; set; } = 16;

    /// <summary>The languages that it serves, as BCP 47 tags or their beginnings such as <c>en</c>; empty: all.</summary>
    public IList<string> Languages { get; } = [];

    /// <summary>The learners' levels that it serves, A1 to C2; empty: all.</summary>
    public IList<string> Levels { get; } = [];

    /// <summary>Whether it serves a language: a tag serves what it begins and what begins it; without tags it serves all.</summary>
    /// <param name="language">A BCP 47 tag or its beginning.</param>
    public bool Serves(string language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return Languages.Count == 0 || Languages.Any(l => Begins(l, language) || Begins(language, l));
    }

    private static bool Begins(string begin, string tag) =>
        tag.StartsWith(begin, StringComparison.OrdinalIgnoreCase) && (tag.Length == begin.Length || tag[begin.Length] == '-');
}
