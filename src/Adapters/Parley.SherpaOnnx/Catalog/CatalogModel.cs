using System.Text.Json.Serialization;

namespace Parley.SherpaOnnx.Catalog;

/// <summary>A model that is known to be good.</summary>
/// <param name="Name">The name to ask for it by; also that of its folder.</param>
/// <param name="Stage"><c>asr</c>, <c>tts</c> or <c>text</c>.</param>
/// <param name="Kind">Its family.</param>
/// <param name="Languages">Beginnings of BCP 47 tags.</param>
/// <param name="Licence">Under which it is published.</param>
/// <param name="About">What it is good for, in a phrase.</param>
/// <param name="Page">Where its publisher tells more.</param>
/// <param name="Files">What there is to download.</param>
public sealed record CatalogModel(
    string Name, string Stage, SherpaModelKind Kind, IReadOnlyList<string> Languages, string Licence, string About, Uri Page, IReadOnlyList<CatalogFile> Files)
{
    /// <summary>The size of the download.</summary>
    [JsonIgnore]
    public long Bytes => Files.Sum(f => f.Bytes);
}
