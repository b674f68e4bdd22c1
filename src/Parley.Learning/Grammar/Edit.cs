namespace Parley.Learning.Grammar;

/// <summary>One change of a text.</summary>
/// <param name="Start">Where it begins in the source, in UTF-16 characters.</param>
/// <param name="End">Where it ends there; equal to <paramref name="Start"/> where something is put in.</param>
/// <param name="Original">What stands there.</param>
/// <param name="Correction">What stands there instead; empty where it is taken out.</param>
/// <param name="Rule">The name of the rule, or of what else found it.</param>
/// <param name="Explain">Why a native speaker does not say so, in simple English.</param>
/// <param name="Source">Whether a rule or a language model says so.</param>
public sealed record Edit(int Start, int End, string Original, string Correction, string Rule, string Explain, EditSource Source)
{
    /// <summary>The kind of the error after ERRANT, such as <c>VERB:TENSE</c>.</summary>
    public string Type { get; init; } = "OTHER";

    /// <summary>The level of the CEFR at which it is taught; empty where that is not known.</summary>
    public string Level { get; init; } = "";

    /// <summary>The explanation in Chinese; empty where there is none.</summary>
    public string ExplainChinese { get; init; } = "";
}
