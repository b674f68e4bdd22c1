using Parley.Alignment;

namespace Parley.Learning.Pronunciation.Reference;

/// <summary>How a recording differs from a native voice's reading of the same text: a picture, no grade, for the spectra of two people differ whatever they say.</summary>
/// <param name="Voice">The voice; it says the text always the same.</param>
/// <param name="StepMs">The time from one value to the next.</param>
/// <param name="Distortion">From the recording's begin on, mel-cepstral distortion in dB; null where nothing of the text sounds.</param>
/// <param name="ReferenceMs">The moment in the voice's reading to which each of them is compared, likewise.</param>
public sealed record SpeechDifference(string Voice, int StepMs, IReadOnlyList<double?> Distortion, IReadOnlyList<int?> ReferenceMs)
{
    /// <summary>Milliseconds a value.</summary>
    public const int Step = 50;

    private const int FrameMs = 1000 / PhoneAlignment.FrameRate, StepFrames = Step / FrameMs;

    /// <summary>Compares two readings word by word.</summary>
    /// <returns>The whole, and each word of the text; null where one of the two does not say it.</returns>
    internal static (SpeechDifference Whole, WordDifference?[] Words) Of(string voice, SpokenText own, SpokenText native)
    {
        var (distortions, partners) = (new float[own.Cepstra.Frames], new float[own.Cepstra.Frames]);
        Array.Fill(distortions, float.NaN);
        var words = new WordDifference?[own.Words.Count];
        for (var i = 0; i < Math.Min(words.Length, native.Words.Count); i++)
        {
            if (own.Words[i] is not { } said || native.Words[i] is not { } model) { continue; }
            if (TimeWarp.Of(own.Cepstra, said, native.Cepstra, model) is not { } warp) { continue; }
            warp.Distortions.CopyTo(distortions, said.First);
            warp.Partners.CopyTo(partners, said.First);
            words[i] = new(Math.Round(warp.Distortion, 1), Math.Round(said.Frames / (double)model.Frames, 2));
        }
        int[][] steps = [.. Enumerable.Range(0, distortions.Length).Chunk(StepFrames).Select(frames => frames.Where(f => !float.IsNaN(distortions[f])).ToArray())];
        return (new(voice, Step, [.. steps.Select(s => s.Length == 0 ? null : (double?)Math.Round(s.Average(f => distortions[f]), 1))], [.. steps.Select(s => s.Length == 0 ? null : (int?)Math.Round(s.Average(f => partners[f]) * FrameMs))]), words);
    }
}

/// <summary>How a word differs from a native voice's.</summary>
/// <param name="Distortion">Mean mel-cepstral distortion along the path on which the two go together, in dB; no grade.</param>
/// <param name="Stretch">How many times as long it lasts.</param>
public sealed record WordDifference(double Distortion, double Stretch);
