namespace Parley.Learning.Pronunciation.Models;

/// <summary>Steps down a gradient: AdamW (I. Loshchilov and F. Hutter, 2019), whose steps become longer over the first fifth of the way and then ever shorter.</summary>
/// <param name="size">How many numbers are fitted.</param>
/// <param name="steps">How many steps there will be.</param>
/// <remarks>Not thread-safe.</remarks>
internal sealed class Descent(int size, int steps)
{
    private const float Longest = 3e-3f, First = 1 / 25f, Rise = 0.2f, Decay = 0.05f, Memory = 0.9f, LongMemory = 0.98f;

    private readonly float[] _means = new float[size], _squares = new float[size];
    private int _step;

    /// <summary>Takes a step.</summary>
    public void Step(float[] numbers, float[] gradient)
    {
        var way = _step++ / (float)steps;
        var rate = Longest * (way < Rise ? Between(First, 1, way / Rise) : Between(1, 0, (way - Rise) / (1 - Rise)));
        var (seen, seenLong) = (1 - MathF.Pow(Memory, _step), 1 - MathF.Pow(LongMemory, _step));
        for (var i = 0; i < numbers.Length; i++)
        {
            _means[i] = (Memory * _means[i]) + ((1 - Memory) * gradient[i]);
            _squares[i] = (LongMemory * _squares[i]) + ((1 - LongMemory) * gradient[i] * gradient[i]);
            numbers[i] -= rate * ((Decay * numbers[i]) + (_means[i] / seen / (MathF.Sqrt(_squares[i] / seenLong) + 1e-8f)));
        }
    }

    private static float Between(float from, float to, float way) => to + ((from - to) * (1 + MathF.Cos(MathF.PI * way)) / 2);
}
