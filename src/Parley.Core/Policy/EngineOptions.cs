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

    /// <value>The default is <c>auto</c>.</value>
    public string Tts { get; set; } = Auto;
}
