namespace Parley.Learning.Review;

/// <summary>Where an item is on its way into memory.</summary>
public enum ReviewPhase
{
    /// <summary>New: it comes again within minutes.</summary>
    Learning,

    /// <summary>Known: it comes again after days.</summary>
    Review,

    /// <summary>Forgotten after it was known: within minutes once more.</summary>
    Relearning,
}
