using System.ComponentModel.DataAnnotations;

namespace Parley.Replies.Tools;

/// <summary>Tools that a language model may call while it answers (<c>Parley:Tools</c>).</summary>
public sealed class ToolOptions
{
    /// <summary>Whether models are offered tools.</summary>
    /// <value>The default is true.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>How long a tool may take; after it the model is told that there is no result.</summary>
    /// <value>The default is 8 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00", ErrorMessage = "Timeout must be 0.1 to 60 seconds.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How often a model may call tools in one reply, several at once counting as once; then it must answer.</summary>
    /// <value>The default is 4.</value>
    [Range(1, 16, ErrorMessage = "MaxRounds must be 1 to 16.")]
    public int MaxRounds { get; set; } = 4;

    /// <summary>The wait for a tool after which a filler is spoken, such as "Let me check that."; 0 never speaks one.</summary>
    /// <value>The default is 0.7 seconds. A tool may set its own (<see cref="ToolProperties.FillerAfter"/>).</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10", ErrorMessage = "FillerAfter must be 0 to 10 seconds.")]
    public TimeSpan FillerAfter { get; set; } = TimeSpan.FromMilliseconds(700);

    /// <summary>The wait for each filler after the first.</summary>
    /// <value>The default is 4 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:10", ErrorMessage = "FillerInterval must be 1 to 10 seconds.")]
    public TimeSpan FillerInterval { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>The longest result that the model is given, in characters.</summary>
    /// <value>The default is 4000.</value>
    [Range(100, 100_000, ErrorMessage = "MaxResultCharacters must be 100 to 100000.")]
    public int MaxResultCharacters { get; set; } = 4_000;
}
