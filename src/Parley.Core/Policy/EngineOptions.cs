namespace Parley.Policy;

/// <summary>Which engine serves a stage: the name of one, or <c>auto</c> for the best that is there (<c>Parley:Engines:*</c>).</summary>
public sealed class EngineOptions
{
    public const string Auto = "auto";

    /// <value>The default is <c>auto</c>.</value>
    public string Vad { get; set; } = Auto;

    /// <value>The default is <c>auto</c>.</value>
    public string Asr { get; set; } = Auto;

    /// <value>The default is <c>auto</c>.</value>
    public string Reply { get; set; } = Auto;

    /// <summary>The small model that says the first words while the reply engine still thinks; null: there is none.</summary>
    /// <value>The default is null.</value>
    public string? Quick { get; set; }

    /// <value>The default is <c>auto</c>.</value>
    public string Tts { get; set; } = Auto;
}
