namespace Parley.Alignment;

/// <summary>How well the sound of a phone fits each phone there is.</summary>
/// <param name="phone">The phone that was expected.</param>
/// <param name="means">Mean log posteriors over its frames, one for each of <see cref="PhoneAlignment.Classes"/>.</param>
public sealed class PhoneEvidence(int phone, float[] means)
{
    /// <summary>Mean log posteriors: the phones in the order of <see cref="Phones.Names"/>, then silence.</summary>
    public IReadOnlyList<float> Means => means;

    /// <summary>The phone that was expected.</summary>
    public int Phone => phone;

    /// <summary>The phone, other than the expected one, that fits best.</summary>
    public int Competitor { get; } = Enumerable.Range(0, Phones.Count).Where(other => other != phone).MaxBy(other => means[other]);

    /// <summary>The log phone posterior of the expected phone, at most 0.</summary>
    public float Lpp => means[phone];

    /// <summary>Goodness of pronunciation (Witt and Young, 2000): how far the best phone is above the expected one; at most 0.</summary>
    public float Gop => Math.Min(0, Margin);

    /// <summary>How far the expected phone is above its best competitor; negative where that fits better.</summary>
    public float Margin => means[phone] - means[Competitor];
}
