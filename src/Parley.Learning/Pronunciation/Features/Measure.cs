namespace Parley.Learning.Pronunciation.Features;

/// <summary>What is compared with well-spoken phones of the same name.</summary>
internal enum Measure
{
    /// <summary>Mean log posterior, no frame below a floor.</summary>
    Posterior,

    /// <summary>Goodness of pronunciation.</summary>
    Goodness,

    /// <summary>How far it is above its best competitor, frame by frame.</summary>
    Margin,

    /// <summary>Log length.</summary>
    Length,

    /// <summary>The log share of the expected phone between its neighbours: its frames count as their root.</summary>
    Fit,

    /// <summary>The same, where all frames count.</summary>
    FitOfAll,

    /// <summary>The same, where they count as one.</summary>
    FitOfMean,

    /// <summary>How far it is above its best competitor between its neighbours.</summary>
    FitMargin,

    /// <summary>Entropy of what may have been said.</summary>
    Ambiguity,
}
