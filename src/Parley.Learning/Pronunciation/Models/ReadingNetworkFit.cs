namespace Parley.Learning.Pronunciation.Models;

/// <summary>Fits a <see cref="ReadingNetwork"/>: least squares over all scores together, some readings a step.</summary>
/// <param name="Members">Networks of which the mean is taken.</param>
/// <param name="Epochs">How often each reading is seen.</param>
/// <param name="Width">Values from layer to layer.</param>
/// <remarks>The same readings give the same numbers.</remarks>
internal sealed record ReadingNetworkFit(int Members = 6, int Epochs = 24, int Width = 48)
{
    private const int Batch = 32;

    // How much each thing that is guessed of a word counts.
    private static readonly float[] s_ofWord = [1, 0.5f, 0.5f];

    /// <summary>Fits.</summary>
    /// <param name="readings">What they are like.</param>
    /// <param name="scores">What should be guessed of each, in their order.</param>
    public ReadingNetwork Fit(IReadOnlyList<NetworkReading> readings, IReadOnlyList<NetworkScores> scores)
    {
        var scale = NetworkTargets.ScaleOf(scores);
        var network = new ReadingNetwork(
            new(readings[0].Phones[0].Length, readings[0].Words[0].Length, readings[0].Whole.Length, Width),
            Standardiser.Of([.. readings.SelectMany(r => r.Phones)]), Standardiser.Of([.. readings.SelectMany(r => r.Words)]), Standardiser.Of([.. readings.Select(r => r.Whole)]), scale, []);
        NetworkReading[] standardised = [.. readings.Select(network.Standardise)];
        var (targets, members) = (NetworkTargets.Of(scores, scale), new float[Members][]);
        Parallel.For(0, Members, member => members[member] = FitOne(network.Shape, standardised, targets, new((ulong)member + 1)));
        return network.With(members);
    }

    /// <summary>Random numbers for a network to begin with.</summary>
    public static float[] Begin(NetworkShape shape, Dice dice)
    {
        var numbers = new float[shape.Size];
        for (var i = 0; i < shape.Names; i++) { numbers[i] = 0.3f * dice.Normal(); }
        foreach (var layer in shape.Layers)
        {
            // What is guessed begins near the mean.
            var gain = (layer.Outputs < shape.Width ? 0.3f : 1) / MathF.Sqrt(layer.Inputs);
            for (var i = 0; i < layer.Inputs * layer.Outputs; i++) { numbers[layer.At + i] = gain * dice.Normal(); }
        }
        return numbers;
    }

    /// <summary>The weighted mean square of what is guessed wrong of some readings.</summary>
    /// <param name="numbers">The network.</param>
    /// <param name="passes">The readings.</param>
    /// <param name="targets">What should be guessed.</param>
    /// <param name="gradient">Its gradient is added to this.</param>
    /// <param name="dice">Says what is left out; null: nothing.</param>
    public static double Loss(float[] numbers, IReadOnlyList<NetworkPass> passes, IReadOnlyList<NetworkTargets> targets, float[] gradient, Dice? dice = null)
    {
        var (phones, words) = (Math.Max(1, targets.Sum(t => t.Phones.Count(p => !float.IsNaN(p)))), targets.Sum(t => t.Words.Length));
        var loss = 0.0;
        foreach (var (pass, target) in passes.Zip(targets))
        {
            pass.Forward(numbers, dice);
            for (var i = 0; i < pass.Phones.Length; i++) { pass.Phones[i] = Slope(pass.Phones[i], target.Phones[i], 1f / phones); }
            foreach (var (word, sought) in pass.Words.Zip(target.Words))
            {
                for (var k = 0; k < word.Length; k++) { word[k] = Slope(word[k], sought[k], s_ofWord[k] / words); }
            }
            for (var level = 0; level < pass.Whole.Length; level++) { pass.Whole[level] = Slope(pass.Whole[level], target.Whole[level], 1f / (pass.Whole.Length * passes.Count)); }
            pass.Back(numbers, gradient);
        }
        return loss;

        float Slope(float guess, float sought, float weight)
        {
            if (float.IsNaN(sought)) { return 0; }
            loss += weight * (guess - sought) * (guess - sought);
            return 2 * weight * (guess - sought);
        }
    }

    private float[] FitOne(NetworkShape shape, NetworkReading[] readings, NetworkTargets[] targets, Dice dice)
    {
        var numbers = Begin(shape, dice);
        NetworkPass[] passes = [.. readings.Select(reading => new NetworkPass(shape, reading))];
        var (order, gradient) = (Enumerable.Range(0, readings.Length).ToArray(), new float[shape.Size]);
        var batches = Math.Max(1, readings.Length / Batch);
        var descent = new Descent(shape.Size, Epochs * batches);
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            dice.Shuffle(order);
            for (var batch = 0; batch < batches; batch++)
            {
                var chosen = order.AsSpan(batch * Batch, Math.Min(Batch, order.Length - (batch * Batch))).ToArray();
                Array.Clear(gradient);
                Loss(numbers, [.. chosen.Select(i => passes[i])], [.. chosen.Select(i => targets[i])], gradient, dice);
                descent.Step(numbers, gradient);
            }
        }
        // As they are kept in the file of coefficients.
        for (var i = 0; i < numbers.Length; i++) { numbers[i] = (float)(Half)numbers[i]; }
        return numbers;
    }
}
