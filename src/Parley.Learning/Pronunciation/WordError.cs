namespace Parley.Learning.Pronunciation;

/// <summary>What is wrong with a word of a text that was read aloud; the classes of Azure's pronunciation assessment.</summary>
public enum WordError
{
    /// <summary>Nothing that is worth telling.</summary>
    None,

    /// <summary>It was said, but hardly as it should be.</summary>
    Mispronunciation,

    /// <summary>It was not said.</summary>
    Omission,

    /// <summary>It is not in the text.</summary>
    Insertion,

    /// <summary>There is a long pause before it where the text has none.</summary>
    UnexpectedBreak,

    /// <summary>The voice hardly moves in it, nor in the rest.</summary>
    Monotone,
}
