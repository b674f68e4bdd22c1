namespace Parley.Testing.Speech;

/// <summary>What a silence is.</summary>
public enum PauseKind
{
    /// <summary>The end of what is said.</summary>
    End,

    /// <summary>A pause that was put between two words.</summary>
    Inserted,

    /// <summary>A pause that the speaker made between two words.</summary>
    Natural,
}
