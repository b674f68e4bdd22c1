using System.Numerics.Tensors;

namespace Parley.Learning.Pronunciation.Models;

/// <summary>A layer of a network: for each output a weighted sum of all inputs, and a bias.</summary>
/// <param name="At">Where its numbers begin among those of the network: the weights output by output, then the biases.</param>
/// <param name="Inputs">How many inputs it has.</param>
/// <param name="Outputs">How many outputs it has.</param>
internal readonly record struct NetworkLayer(int At, int Inputs, int Outputs)
{
    /// <summary>Behind its last number.</summary>
    public int End => At + (Outputs * (Inputs + 1));

    private int Biases => At + (Outputs * Inputs);

    /// <summary>The outputs.</summary>
    public void Apply(ReadOnlySpan<float> numbers, ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        for (var o = 0; o < Outputs; o++) { outputs[o] = numbers[Biases + o] + TensorPrimitives.Dot(numbers.Slice(At + (o * Inputs), Inputs), inputs); }
    }

    /// <summary>Adds to the gradient of the network's numbers, and to that of the inputs.</summary>
    /// <param name="numbers">Those of the network.</param>
    /// <param name="inputs">What the layer was given.</param>
    /// <param name="error">The gradient of its outputs.</param>
    /// <param name="gradient">That of the network's numbers.</param>
    /// <param name="back">That of the inputs; empty: nobody asks.</param>
    public void Learn(ReadOnlySpan<float> numbers, ReadOnlySpan<float> inputs, ReadOnlySpan<float> error, Span<float> gradient, Span<float> back)
    {
        for (var o = 0; o < Outputs; o++)
        {
            if (error[o] == 0) { continue; }
            gradient[Biases + o] += error[o];
            var own = gradient.Slice(At + (o * Inputs), Inputs);
            TensorPrimitives.MultiplyAdd(inputs, error[o], own, own);
            if (back.Length > 0) { TensorPrimitives.MultiplyAdd(numbers.Slice(At + (o * Inputs), Inputs), error[o], back, back); }
        }
    }
}
