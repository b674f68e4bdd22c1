using System.Collections.Frozen;

namespace Parley.Tts;

/// <summary>The mouth shape of each phone.</summary>
/// <remarks>
/// Source of the classes: Meta, "Viseme Reference" of the Oculus Lipsync documentation, which names the phonemes of each shape.
/// Phones that it does not name take the shape of their neighbours in place of articulation: ng goes with the velars, w with the rounded
/// vowels, y and hh with the spread ones. A diphthong takes the shape of its first, longer part.
/// </remarks>
public static class PhoneVisemes
{
    /// <summary>The name of silence among phones.</summary>
    public const string Pause = "pau";

    private static readonly FrozenDictionary<string, Viseme> s_visemes = Build(
        (Viseme.Sil, "pau sil sp"),
        (Viseme.PP, "p b m em"),
        (Viseme.FF, "f v"),
        (Viseme.TH, "th dh"),
        (Viseme.DD, "t d dx"),
        (Viseme.KK, "k g ng q"),
        (Viseme.CH, "ch jh sh zh"),
        (Viseme.SS, "s z"),
        (Viseme.NN, "n l en el nx"),
        (Viseme.RR, "r er axr"),
        (Viseme.AA, "aa ae ah aw ay"),
        (Viseme.E, "eh ey ax"),
        (Viseme.IH, "ih iy ix y hh"),
        (Viseme.OH, "ao ow oy"),
        (Viseme.OU, "uh uw ux w"));

    /// <summary>The shape of <paramref name="phone"/>.</summary>
    /// <param name="phone">ARPAbet, lower case, without stress mark.</param>
    /// <returns>The shape; <see cref="Viseme.Sil"/> for a name that is no phone.</returns>
    public static Viseme Of(string phone) => s_visemes.GetValueOrDefault(phone, Viseme.Sil);

    /// <summary>Whether <paramref name="phone"/> is one of the phones that have a shape.</summary>
    public static bool Knows(string phone) => s_visemes.ContainsKey(phone);

    /// <summary>The track of mouth shapes under <paramref name="phones"/>: neighbours of one shape are one span.</summary>
    /// <param name="phones">In order and without gap.</param>
    public static IReadOnlyList<VisemeSpan> Track(IReadOnlyList<PhoneSpan> phones)
    {
        var track = new List<VisemeSpan>(phones.Count);
        foreach (var phone in phones)
        {
            var viseme = Of(phone.Phone);
            if (track.Count > 0 && track[^1].Viseme == viseme)
            {
                track[^1] = track[^1] with { Samples = track[^1].Samples + phone.Samples };
            }
            else
            {
                track.Add(new VisemeSpan(viseme, phone.StartSample, phone.Samples));
            }
        }
        return track;
    }

    private static FrozenDictionary<string, Viseme> Build(params (Viseme Viseme, string Phones)[] classes) =>
        classes.SelectMany(c => c.Phones.Split(' '), (c, phone) => KeyValuePair.Create(phone, c.Viseme)).ToFrozenDictionary();
}
