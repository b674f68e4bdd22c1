using System.ComponentModel.DataAnnotations;

namespace Parley.WordNet.Tools;

/// <summary>Where WordNet lies (<c>Parley:WordNet</c>).</summary>
public sealed class WordNetOptions
{
    /// <summary>The folder with <c>index.noun</c>, <c>data.noun</c>, <c>noun.exc</c> and their like.</summary>
    /// <value>The default is <c>/usr/share/wordnet</c>, where Debian's package wordnet-base puts them.</value>
    [Required]
    public string Folder { get; set; } = "/usr/share/wordnet";
}
