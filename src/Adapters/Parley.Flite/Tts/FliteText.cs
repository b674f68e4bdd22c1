using System.Text;

namespace Parley.Flite.Tts;

/// <summary>A piece of a request's text as flite reads it (ASCII), with the way back to the request's characters.</summary>
/// <remarks>
/// Flite knows ASCII only and is strict about it, so everything else is folded (é to e, “ to ") or becomes a space: emoji, control
/// characters and other scripts are not spoken.
/// </remarks>
internal sealed class FliteText
{
    private const string LatinFrom = "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöøùúûüýÿāēīōūĀĒĪŌŪšžčćŠŽČĆńłśż";
    private const string LatinTo = "AAAAAACEEEEIIIINOOOOOOUUUUYaaaaaaceeeeiiiinoooooouuuuyyaeiouAEIOUszccSZCCnlsz";

    private readonly string _source;
    private readonly int[] _offsets;

    public FliteText(string source, Range piece)
    {
        _source = source;
        var (start, length) = piece.GetOffsetAndLength(source.Length);
        var ascii = new StringBuilder(length);
        var offsets = new List<int>(length + 1);
        for (var i = start; i < start + length; i++)
        {
            var folded = Fold(source[i]);
            ascii.Append(folded);
            IsSpeakable |= folded.Length == 1 && char.IsAsciiLetterOrDigit(folded[0]);
            offsets.AddRange(Enumerable.Repeat(i, folded.Length));
        }
        Ascii = ascii.ToString();
        _offsets = [.. offsets];
    }

    /// <summary>What flite is given.</summary>
    public string Ascii { get; }

    /// <summary>Whether there is a letter or digit to say; signs alone are not spoken.</summary>
    public bool IsSpeakable { get; }

    /// <summary>The request's own characters behind <paramref name="length"/> ASCII ones at <paramref name="start"/>, and where they begin.</summary>
    public (string Text, int Offset) Source(int start, int length)
    {
        var first = _offsets[start];
        return (_source[first..(_offsets[start + length - 1] + 1)], first);
    }

    private static string Fold(char c)
    {
        if (c is >= ' ' and <= '~' && !"@&+=#*<>\\`~^|_".Contains(c, StringComparison.Ordinal)) { return c.ToString(); }
        var latin = LatinFrom.IndexOf(c, StringComparison.Ordinal);
        if (latin >= 0) { return LatinTo[latin].ToString(); }
        return c switch
        {
            '‘' or '’' => "'",
            '“' or '”' or '„' or '«' or '»' => "\"",
            '‐' or '‑' => "-",
            '–' or '—' or '…' => " , ",
            '@' => " at ",
            '&' => " and ",
            '+' => " plus ",
            '=' => " equals ",
            'ß' => "ss",
            'æ' => "ae",
            'œ' => "oe",
            _ => " ",
        };
    }
}
