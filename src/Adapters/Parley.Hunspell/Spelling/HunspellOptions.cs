using System.ComponentModel.DataAnnotations;

namespace Parley.Hunspell.Spelling;

/// <summary>Where the dictionary for spelling lies (<c>Parley:Hunspell</c>).</summary>
public sealed class HunspellOptions
{
    /// <summary>The path of the dictionary without the endings of its two files, <c>.aff</c> and <c>.dic</c>, which must be UTF-8.</summary>
    /// <value>The default is <c>/usr/share/hunspell/en_US</c>, where Debian's package hunspell-en-us puts it.</value>
    [Required]
    public string Dictionary { get; set; } = "/usr/share/hunspell/en_US";
}
