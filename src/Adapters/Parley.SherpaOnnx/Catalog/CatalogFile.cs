namespace Parley.SherpaOnnx.Catalog;

/// <summary>One file of a model's release.</summary>
/// <param name="Url">Where its publisher keeps it.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Exact">Whether the size is known to the byte.</param>
/// <param name="Sha256">Its checksum in small hexadecimal; null: none is known.</param>
public sealed record CatalogFile(Uri Url, long Bytes, bool Exact = false, string? Sha256 = null)
{
    public string Name => Url.Segments[^1];

    /// <summary>Whether it is an archive with one folder in it.</summary>
    public bool IsArchive => Name.EndsWith(".tar.bz2", StringComparison.Ordinal);
}
