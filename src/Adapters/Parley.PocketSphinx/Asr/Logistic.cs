namespace Parley.PocketSphinx.Asr;

/// <summary>A logistic model: the probability of a yes is 1 / (1 + exp(-(bias + weights · features))).</summary>
internal sealed record Logistic(double Bias, double[] Weights)
{
    public double Of(params ReadOnlySpan<double> features)
    {
        var sum = Bias;
        for (var i = 0; i < Weights.Length; i++) { sum += Weights[i] * features[i]; }
        return 1 / (1 + Math.Exp(-sum));
    }
}
