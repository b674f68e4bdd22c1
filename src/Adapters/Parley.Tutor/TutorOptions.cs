using System.ComponentModel.DataAnnotations;

namespace Parley.Tutor;

/// <summary>How the scripted tutor speaks.</summary>
public sealed class TutorOptions
{
    /// <summary>A folder of further scenarios (<c>*.json</c>), which may replace built-in ones by their name.</summary>
    /// <value>The default is null: the built-in ones alone.</value>
    public string? ScenarioFolder { get; set; }

    /// <summary>The pause before each token but the first, to speak at a language model's pace.</summary>
    /// <value>The default is 0: as fast as the reader takes them.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:02")]
    public TimeSpan TokenDelay { get; set; } = TimeSpan.Zero;

    /// <summary>The level of a learner who has told none.</summary>
    /// <value>The default is B1.</value>
    [RegularExpression("^[ABC][12]$")]
    public string DefaultLevel { get; set; } = "B1";
}
