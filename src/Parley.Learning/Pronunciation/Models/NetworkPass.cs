using System.Numerics.Tensors;

namespace Parley.Learning.Pronunciation.Models;

/// <summary>A reading on its way through a network, and back.</summary>
/// <param name="shape">The network's layers.</param>
/// <param name="reading">The reading; its features standardised.</param>
/// <remarks>
/// Hidden values are cut off below zero, and while it learns a part of them, and of the features, is left out at random (N. Srivastava and others, 2014), the rest raised for them. A hidden value that is not zero was neither
/// cut off nor left out, so what was need not be kept for the way back.
/// </remarks>
internal sealed class NetworkPass(NetworkShape shape, NetworkReading reading)
{
    // The shares that are left out while it learns.
    private const float OfHidden = 0.3f, OfPhone = 0.2f, OfRows = 0.3f;

    private readonly int _width = shape.Width;
    private readonly float[][] _sounds = Rows(reading.Phones.Length, shape.PhoneFeatures), _words = Rows(reading.Words.Length, shape.Word.Inputs);
    private readonly float[][] _first = Rows(reading.Phones.Length, shape.Width), _second = Rows(reading.Phones.Length, shape.Width), _seen = Rows(reading.Phones.Length, shape.Width), _spoken = Rows(reading.Words.Length, shape.Width);
    private readonly float[] _whole = new float[shape.Whole.Inputs], _heard = new float[shape.Width];
    private bool _isLearning;

    /// <summary>What was guessed of each phone.</summary>
    public float[] Phones { get; } = new float[reading.Phones.Length];

    /// <summary>And of each word.</summary>
    public float[][] Words { get; } = Rows(reading.Words.Length, NetworkShape.WordOutputs);

    /// <summary>And of the whole.</summary>
    public float[] Whole { get; } = new float[PronunciationModel.Levels];

    /// <summary>Guesses.</summary>
    /// <param name="numbers">Those of the network.</param>
    /// <param name="dice">Says what is left out; null: nothing.</param>
    public void Forward(ReadOnlySpan<float> numbers, Dice? dice = null)
    {
        _isLearning = dice is not null;
        for (var i = 0; i < _sounds.Length; i++)
        {
            reading.Phones[i].CopyTo(_sounds[i], 0);
            dice?.LeaveOut(_sounds[i], OfPhone);
            shape.Sound.Apply(numbers, _sounds[i], _first[i]);
            TensorPrimitives.Add(_first[i], numbers.Slice(reading.Names[i] * _width, _width), _first[i]);
            Cut(_first[i], dice);
            shape.Deep.Apply(numbers, _first[i], _second[i]);
            Cut(_second[i], dice);
            TensorPrimitives.Add(_first[i], _second[i], _seen[i]);
            shape.PhoneScore.Apply(numbers, _seen[i], Phones.AsSpan(i, 1));
        }
        Mean(_seen, _whole);
        reading.Whole.CopyTo(_whole, _width);
        dice?.LeaveOut(_whole.AsSpan(_width), OfRows);
        shape.Whole.Apply(numbers, _whole, _heard);
        Cut(_heard, dice);
        shape.WholeScores.Apply(numbers, _heard, Whole);
        for (var w = 0; w < _words.Length; w++)
        {
            var (from, to) = reading.Spans[w];
            Mean(_seen.AsSpan(from, to - from), _words[w]);
            _heard.CopyTo(_words[w], _width);
            reading.Words[w].CopyTo(_words[w], 2 * _width);
            dice?.LeaveOut(_words[w].AsSpan(2 * _width), OfRows);
            shape.Word.Apply(numbers, _words[w], _spoken[w]);
            Cut(_spoken[w], dice);
            shape.WordScores.Apply(numbers, _spoken[w], Words[w]);
        }
    }

    /// <summary>Adds to the gradient of the network's numbers, once each guess of the last <see cref="Forward"/> has been replaced by its own gradient.</summary>
    /// <param name="numbers">Those of the network, as they were then.</param>
    /// <param name="gradient">Theirs.</param>
    public void Back(ReadOnlySpan<float> numbers, Span<float> gradient)
    {
        var (seen, heard, spoken, word, all) = (Rows(_sounds.Length, _width), new float[_width], new float[_width], new float[shape.Word.Inputs], new float[shape.Whole.Inputs]);
        for (var w = 0; w < _words.Length; w++)
        {
            Array.Clear(spoken);
            Array.Clear(word);
            shape.WordScores.Learn(numbers, _spoken[w], Words[w], gradient, spoken);
            Uncut(spoken, _spoken[w]);
            shape.Word.Learn(numbers, _words[w], spoken, gradient, word);
            TensorPrimitives.Add(heard, word.AsSpan(_width, _width), heard);
            var (from, to) = reading.Spans[w];
            for (var i = from; i < to; i++) { TensorPrimitives.MultiplyAdd(word.AsSpan(0, _width), 1f / (to - from), seen[i], seen[i]); }
        }
        shape.WholeScores.Learn(numbers, _heard, Whole, gradient, heard);
        Uncut(heard, _heard);
        shape.Whole.Learn(numbers, _whole, heard, gradient, all);
        var deep = new float[_width];
        for (var i = 0; i < _sounds.Length; i++)
        {
            TensorPrimitives.MultiplyAdd(all.AsSpan(0, _width), 1f / _sounds.Length, seen[i], seen[i]);
            shape.PhoneScore.Learn(numbers, _seen[i], Phones.AsSpan(i, 1), gradient, seen[i]);
            seen[i].CopyTo(deep, 0);
            Uncut(deep, _second[i]);
            shape.Deep.Learn(numbers, _first[i], deep, gradient, seen[i]);
            Uncut(seen[i], _first[i]);
            shape.Sound.Learn(numbers, _sounds[i], seen[i], gradient, []);
            var name = gradient.Slice(reading.Names[i] * _width, _width);
            TensorPrimitives.Add(name, seen[i], name);
        }
    }

    private void Mean(ReadOnlySpan<float[]> rows, Span<float> result)
    {
        var mean = result[.._width];
        mean.Clear();
        foreach (var row in rows) { TensorPrimitives.MultiplyAdd(row, 1f / rows.Length, mean, mean); }
    }

    private static void Cut(float[] values, Dice? dice)
    {
        TensorPrimitives.Max(values, 0f, values);
        dice?.LeaveOut(values, OfHidden);
    }

    private void Uncut(float[] error, float[] values)
    {
        var raised = _isLearning ? 1 / (1 - OfHidden) : 1;
        for (var i = 0; i < error.Length; i++) { error[i] = values[i] > 0 ? error[i] * raised : 0; }
    }

    private static float[][] Rows(int count, int width) => [.. Enumerable.Range(0, count).Select(_ => new float[width])];
}
