namespace Parley.Tts;

/// <summary>Guesses the phones of a written word by the commonest readings of English letters, for engines that tell none.</summary>
/// <remarks>Good enough to move a mouth, not to judge a pronunciation. A letter of another script is one open vowel.</remarks>
internal static class LetterPhones
{
    private static readonly string[][] s_digits =
    [
        ["z", "ih", "r", "ow"], ["w", "ah", "n"], ["t", "uw"], ["th", "r", "iy"], ["f", "ao", "r"],
        ["f", "ay", "v"], ["s", "ih", "k", "s"], ["s", "eh", "v", "ax", "n"], ["ey", "t"], ["n", "ay", "n"],
    ];

    // Longer spellings first: what matches first is taken.
    private static readonly (string Letters, string[] Phones)[] s_spellings = Table(
        "tion=sh ax n|eigh=ey|igh=ay|tch=ch|dge=jh|sch=s k|th=th|sh=sh|ch=ch|ph=f|wh=w|ck=k|ng=ng|qu=k w|kn=n|wr=r|gh="
        + "|ee=iy|ea=iy|oo=uw|ou=aw|ow=ow|oi=oy|oy=oy|ai=ey|ay=ey|au=ao|aw=ao|ew=uw|ie=iy|oa=ow|ar=aa r|er=er|ir=er|or=ao r|ur=er"
        + "|ce=s|ci=s ih|cy=s iy|ge=jh|bb=b|cc=k|dd=d|ff=f|gg=g|ll=l|mm=m|nn=n|pp=p|rr=r|ss=s|tt=t|zz=z"
        + "|a=ae|b=b|c=k|d=d|e=eh|f=f|g=g|h=hh|i=ih|j=jh|k=k|l=l|m=m|n=n|o=aa|p=p|q=k|r=r|s=s|t=t|u=ah|v=v|w=w|x=k s|y=iy|z=z");

    /// <summary>At least one phone for a word with a letter or a digit.</summary>
    public static IReadOnlyList<string> Of(string word)
    {
        var phones = new List<string>();
        var letters = word.ToLowerInvariant();
        for (var at = 0; at < letters.Length;)
        {
            var rest = letters.AsSpan(at);
            if (rest is "e" && phones.Count > 1) { break; } // as in "nice"
            if (rest is "y" && phones.Count == 1) { phones.Add("ay"); break; } // as in "my"
            if (rest[0] == 'y' && at == 0 && rest.Length > 1)
            {
                phones.Add("y");
                at++;
                continue;
            }
            var (length, found) = Match(rest);
            phones.AddRange(found);
            at += length;
        }
        return phones.Count > 0 ? phones : ["ah"];
    }

    private static (int Length, string[] Phones) Match(ReadOnlySpan<char> rest)
    {
        if (char.IsAsciiDigit(rest[0])) { return (1, s_digits[rest[0] - '0']); }
        foreach (var (letters, phones) in s_spellings)
        {
            if (rest.StartsWith(letters, StringComparison.Ordinal)) { return (letters.Length, phones); }
        }
        return (1, char.IsLetterOrDigit(rest[0]) ? ["ah"] : []);
    }

    private static (string, string[])[] Table(string rules) =>
        [.. rules.Split('|').Select(rule => rule.Split('=')).Select(r => (r[0], r[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)))];
}
