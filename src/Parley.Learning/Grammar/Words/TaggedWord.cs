namespace Parley.Learning.Grammar.Words;

/// <summary>A token with what it may be.</summary>
/// <param name="Token">The token.</param>
/// <param name="Readings">All that it may be.</param>
/// <param name="Chosen">Which of them it is taken for in its sentence.</param>
internal readonly record struct TaggedWord(Token Token, IReadOnlyList<Reading> Readings, int Chosen)
{
    public string Norm => Token.Norm;

    public Tag Tag => Readings[Chosen].Tag;

    public string Base => Readings[Chosen].Base;

    public bool Is(Tag tags) => (Tag & tags) != 0;

    public bool CanBe(Tag tags) => Readings.Any(r => (r.Tag & tags) != 0);

    /// <summary>The base form under one of the tags; the chosen reading's where there is none.</summary>
    public string BaseAs(Tag tags)
    {
        if (Is(tags)) { return Base; }
        foreach (var reading in Readings) { if ((reading.Tag & tags) != 0) { return reading.Base; } }
        return Base;
    }
}
