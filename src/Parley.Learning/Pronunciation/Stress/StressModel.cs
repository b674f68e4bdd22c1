using System.Globalization;

namespace Parley.Learning.Pronunciation.Stress;

/// <summary>Which syllable of a word was stressed, as a listener would hear it.</summary>
/// <remarks>
/// A conditional logit (D. McFadden, 1974): syllables compete, each by the weighted sum of its <see cref="SyllableCues"/>. Immutable, so thread-safe.
/// </remarks>
/// <param name="weights">One for each cue.</param>
internal sealed class StressModel(float[] weights)
{
    // That the last syllable is seldom the stressed one is of English, not of the speaker: it was fitted, so that it is not taken for something else, and is left out.
    private const int Prior = 3;

    private const string Resource = "stress.coefficients";

    private static readonly Lazy<StressModel> s_embedded = new(() =>
    {
        using var reader = new StreamReader(typeof(StressModel).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException("The weights of stress are not in the assembly."));
        return new([.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => float.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture))]);
    });

    /// <summary>The weights that come with Parley.</summary>
    public static StressModel Embedded => s_embedded.Value;

    public IReadOnlyList<float> Weights => weights;

    /// <summary>How probably each syllable is the stressed one.</summary>
    public float[] Probabilities(float[][] syllables) => Shares(syllables, weights, Prior);

    /// <summary>Fits to words whose stressed syllable is known.</summary>
    /// <param name="words">For each word its syllables, and which is stressed.</param>
    public static StressModel Fit(IReadOnlyList<(float[][] Syllables, int Stressed)> words)
    {
        const int Rounds = 2_000;
        const float Rate = 0.5f, Penalty = 1e-3f;
        var weights = new float[SyllableCues.Count];
        for (var round = 0; round < Rounds; round++)
        {
            var gradient = new float[weights.Length];
            foreach (var (syllables, stressed) in words)
            {
                var shares = Shares(syllables, weights, leftOut: -1);
                for (var i = 0; i < shares.Length; i++)
                {
                    var error = (i == stressed ? 1 : 0) - shares[i];
                    for (var cue = 0; cue < weights.Length; cue++) { gradient[cue] += error * syllables[i][cue] / words.Count; }
                }
            }
            for (var cue = 0; cue < weights.Length; cue++) { weights[cue] += Rate * (gradient[cue] - (Penalty * weights[cue])); }
        }
        return new(weights);
    }

    private static float[] Shares(float[][] syllables, float[] weights, int leftOut)
    {
        var sums = syllables.Select(cues => cues.Select((cue, i) => i == leftOut ? 0 : cue * weights[i]).Sum()).ToArray();
        var best = sums.Max();
        var shares = sums.Select(sum => MathF.Exp(sum - best)).ToArray();
        var total = shares.Sum();
        return [.. shares.Select(share => share / total)];
    }
}
