using Parley.Learning.Pronunciation.Features;
using Parley.Learning.Pronunciation.Training;
using Parley.Testing;
using Parley.Testing.Simulated;

namespace Parley.Learning.Tests.Pronunciation;

/// <summary>Simulated readings, whose speakers are as good as the experts say.</summary>
internal static class Readings
{
    public const string Text = "the quick brown fox jumps over it";

    /// <summary>Two seconds of tone in noise.</summary>
    public static short[] Audio(int seed = 1) => [.. SimulatedSynthesizer.Tone(32_000).Zip(Noise.White(32_000, -50, seed), (a, b) => (short)(a + b))];

    public static async Task<ScoredReading> CreateAsync(int speaker, int number, float quality)
    {
        var words = Text.Split(' ');
        var aligner = new SimulatedAligner { Quality = _ => quality };
        var alignment = await aligner.AlignAsync(words, Audio(number));
        var scores = new ExpertScores(
            $"{speaker}-{number}", $"s{speaker}", Text, [10 * quality, 10 * quality, 10 * quality, 10 * quality],
            [.. alignment.Words.Select(w => new ExpertWord(10 * quality, [.. w.Phones.Select(_ => 2 * quality)]))]);
        string[] others = [.. words.Select((w, i) => i == number % words.Length ? "judge" : w)];
        var disturbed = await new SimulatedAligner { Quality = i => i == number % words.Length ? 0.01f : quality }.AlignAsync(others, Audio(number));
        return new(scores, alignment, SpeechTrack.Of(Audio(number)), disturbed);
    }

    /// <summary>Forty of ten speakers, the even ones better.</summary>
    public static async Task<IReadOnlyList<ScoredReading>> CreateAsync()
    {
        var readings = new List<ScoredReading>();
        for (var i = 0; i < 40; i++) { readings.Add(await CreateAsync(i % 10, i, i % 2 == 0 ? 0.95f : 0.4f)); }
        return readings;
    }
}
