namespace Parley.Diagnostics;

/// <summary>Who says the first words of an answer.</summary>
public enum ReplyMode
{
    /// <summary>The model that answers.</summary>
    Direct,

    /// <summary>A small model opens, where it is first.</summary>
    Quick,
}
