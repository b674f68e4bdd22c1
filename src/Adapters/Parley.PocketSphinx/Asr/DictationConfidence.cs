namespace Parley.PocketSphinx.Asr;

/// <summary>How likely it is that what was dictated was said.</summary>
internal static class DictationConfidence
{
    private static readonly Logistic s_word = new(0, [0, 0]);
    private static readonly Logistic s_text = new(0, [0]);

    public static double Of(Decoding decoding) => 0.5;

    public static double OfWord(Segment word) => 0.5;
}
