namespace Parley.Learning.Grammar.Words;

/// <summary>Why something was changed; one object for each time that a rule was applied, told apart by identity.</summary>
internal sealed class Change(string rule, string type, string level, string explain, string explainChinese)
{
    public string Rule { get; } = rule;

    /// <summary>The kind of the error after ERRANT, such as <c>VERB:TENSE</c>.</summary>
    public string Type { get; } = type;

    /// <summary>The level of the CEFR at which it is taught.</summary>
    public string Level { get; } = level;

    /// <summary>Why, in simple English.</summary>
    public string Explain { get; } = explain;

    /// <summary>The same in Chinese.</summary>
    public string ExplainChinese { get; } = explainChinese;
}
