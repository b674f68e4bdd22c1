using System.Globalization;
using System.Text.RegularExpressions;

namespace Parley.EspeakNg.Tts;

/// <summary>The voices of the installed program, as <c>espeak-ng --voices</c> lists them, found by BCP 47 tag.</summary>
internal sealed partial class EspeakVoices
{
    private readonly List<Voice> _voices = [];

    public EspeakVoices(string listing)
    {
        foreach (var line in listing.Split('\n').Skip(1))
        {
            var match = Row().Match(line);
            // MBROLA voices need a program and data of their own.
            if (!match.Success || match.Groups["file"].Value.StartsWith("mb/", StringComparison.Ordinal)) { continue; }
            var others = Other().Matches(match.Groups["others"].Value)
                .Select(m => (m.Groups[1].Value, int.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture)));
            _voices.Add(new Voice(match.Groups["language"].Value, [.. others]));
        }
    }

    /// <summary>The names that the program takes, which are language tags.</summary>
    public IReadOnlyList<string> Names => [.. _voices.Select(v => v.Language).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The voice for a language: the tag itself, or else what is left of it as subtags are dropped from its end.</summary>
    /// <returns>Null when no voice speaks it.</returns>
    public string? For(string language)
    {
        for (var tag = language; tag.Length > 0; tag = tag[..Math.Max(0, tag.LastIndexOf('-'))])
        {
            var exact = _voices.Find(v => v.Language.Equals(tag, StringComparison.OrdinalIgnoreCase));
            if (exact is not null) { return exact.Language; }
            // The number beside another language says how well the voice suits it; less is better.
            var best = _voices
                .SelectMany(v => v.Others, (v, other) => (v.Language, other.Tag, other.Rank))
                .Where(o => o.Tag.Equals(tag, StringComparison.OrdinalIgnoreCase))
                .OrderBy(o => o.Rank)
                .FirstOrDefault();
            if (best.Language is not null) { return best.Language; }
        }
        return null;
    }

    [GeneratedRegex(@"^\s*\d+\s+(?<language>\S+)\s+\S+\s+\S+\s+(?<file>\S+)\s*(?<others>.*)$")]
    private static partial Regex Row();

    [GeneratedRegex(@"\((\S+) (\d+)\)")]
    private static partial Regex Other();

    private sealed record Voice(string Language, IReadOnlyList<(string Tag, int Rank)> Others);
}
