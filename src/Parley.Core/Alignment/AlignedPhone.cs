namespace Parley.Alignment;

/// <summary>A phone and where it sounds.</summary>
/// <param name="Phone">Its place among <see cref="Phones.Names"/>.</param>
/// <param name="First">Its first frame.</param>
/// <param name="End">The frame after its last.</param>
public readonly record struct AlignedPhone(int Phone, int First, int End)
{
    /// <summary>How many frames it lasts; at least one.</summary>
    public int Frames => End - First;

    /// <summary>Its name.</summary>
    public string Name => Phones.Names[Phone];
}
