namespace Parley.Alignment;

/// <summary>A word of the text and where it sounds.</summary>
/// <param name="Text">As it was given.</param>
/// <param name="Phones">The phones of the pronunciation that fits best, one after the other; none where the word cannot be spoken.</param>
public sealed record AlignedWord(string Text, IReadOnlyList<AlignedPhone> Phones)
{
    /// <summary>Its first frame; only of a word that has phones.</summary>
    public int First => Phones[0].First;

    /// <summary>The frame after its last; only of a word that has phones.</summary>
    public int End => Phones[^1].End;
}
