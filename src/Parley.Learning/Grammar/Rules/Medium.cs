namespace Parley.Learning.Grammar.Rules;

/// <summary>What a rule is for.</summary>
internal enum Medium
{
    Both,

    /// <summary>What was spoken: in writing some accept it.</summary>
    Spoken,

    /// <summary>What was written: it cannot be heard.</summary>
    Written,
}
