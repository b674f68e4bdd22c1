using System.Numerics;
using System.Runtime.InteropServices;
using Parley.Alignment;
using Parley.PocketSphinx.Asr;

namespace Parley.PocketSphinx.Alignment.Model;

/// <summary>Scores frames under the context-independent states of PocketSphinx's acoustic model, in managed code.</summary>
/// <remarks>Immutable, so thread-safe. A second of speech takes 20 million multiplications.</remarks>
internal sealed class AcousticModel
{
    private readonly GaussianCodebooks _gaussians;
    private readonly MixtureWeights _weights;
    private readonly int[] _classes; // the codebook of each phone, then that of silence

    private AcousticModel(ModelDefinition definition, GaussianCodebooks gaussians, MixtureWeights weights)
    {
        (_gaussians, _weights, StatesPerPhone) = (gaussians, weights, definition.StatesPerPhone);
        _classes = [.. Phones.Names.Append("SIL").Select(name => definition.Phones.ToList().IndexOf(name))];
        States = definition.Phones.Count * definition.StatesPerPhone;
    }

    /// <summary>Context-independent states in all.</summary>
    public int States { get; }

    /// <summary>States of a phone.</summary>
    public int StatesPerPhone { get; }

    /// <summary>Reads the model.</summary>
    /// <exception cref="Diagnostics.VoiceException">A file is missing or is not what it should be.</exception>
    public static AcousticModel Load(PocketSphinxOptions options)
    {
        var file = (string name) => Path.Combine(options.AcousticModel, name);
        var definition = ModelDefinition.Read(file("mdef"));
        var gaussians = GaussianCodebooks.Read(file("means"), file("variances"));
        if (gaussians.Codebooks != definition.Phones.Count || Phones.Names.Append("SIL").Except(definition.Phones).Any()) { throw new SphinxFile(file("mdef")).Damaged(); }
        return new(definition, gaussians, MixtureWeights.Read(file("sendump"), definition.Phones.Count * definition.StatesPerPhone, gaussians.Streams, gaussians.Size));
    }

    /// <summary>The codebook of a class: a phone, or silence at <see cref="Phones.Count"/>.</summary>
    public int CodebookOf(int @class) => _classes[@class];

    /// <summary>Log likelihoods of a frame under the states of one codebook.</summary>
    /// <param name="codebook">The codebook.</param>
    /// <param name="features">The frame's <see cref="DynamicFeatures.Size"/> features.</param>
    /// <param name="scores">Room for <see cref="StatesPerPhone"/> values.</param>
    public void Score(int codebook, ReadOnlySpan<float> features, Span<float> scores)
    {
        Span<float> densities = stackalloc float[_gaussians.Size];
        scores.Clear();
        for (var stream = 0; stream < DynamicFeatures.Streams; stream++)
        {
            var best = _gaussians.Evaluate(codebook, stream, features.Slice(stream * DynamicFeatures.StreamSize, DynamicFeatures.StreamSize), densities);
            var relative = MemoryMarshal.Cast<float, Vector<float>>(densities);
            for (var i = 0; i < relative.Length; i++) { relative[i] = Vector.Exp(relative[i] - new Vector<float>(best)); }
            for (var state = 0; state < StatesPerPhone; state++)
            {
                var weights = MemoryMarshal.Cast<float, Vector<float>>(_weights.Of(stream, (codebook * StatesPerPhone) + state));
                var sum = Vector<float>.Zero;
                for (var i = 0; i < relative.Length; i++) { sum += relative[i] * weights[i]; }
                scores[state] += best + MathF.Log(Math.Max(Vector.Sum(sum), float.Epsilon));
            }
        }
    }

    /// <summary>For each frame the log posteriors of all classes: a phone is as likely as its best state.</summary>
    public float[] LogPosteriors(float[] features)
    {
        var frames = features.Length / DynamicFeatures.Size;
        var posteriors = new float[frames * PhoneAlignment.Classes];
        Span<float> states = stackalloc float[StatesPerPhone];
        for (var frame = 0; frame < frames; frame++)
        {
            var row = posteriors.AsSpan(frame * PhoneAlignment.Classes, PhoneAlignment.Classes);
            var best = float.NegativeInfinity;
            for (var i = 0; i < row.Length; i++)
            {
                Score(_classes[i], features.AsSpan(frame * DynamicFeatures.Size, DynamicFeatures.Size), states);
                row[i] = MaxOf(states);
                best = Math.Max(best, row[i]);
            }
            var sum = 0f;
            foreach (var value in row) { sum += MathF.Exp(value - best); }
            var total = best + MathF.Log(sum);
            for (var i = 0; i < row.Length; i++) { row[i] -= total; }
        }
        return posteriors;
    }

    /// <summary>The mean log likelihood a frame of phones where they were aligned.</summary>
    public double Likelihood(float[] features, IEnumerable<AlignedPhone> phones)
    {
        Span<float> states = stackalloc float[StatesPerPhone];
        var (sum, count) = (0.0, 0);
        foreach (var phone in phones)
        {
            for (var frame = phone.First; frame < phone.End; frame++)
            {
                Score(_classes[phone.Phone], features.AsSpan(frame * DynamicFeatures.Size, DynamicFeatures.Size), states);
                sum += MaxOf(states);
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    /// <summary>Moves the cepstra of a recording so that the aligned phones lie where the model has them: what is left is the microphone, and the mean of a few words.</summary>
    /// <remarks>An offset for each coefficient, estimated by maximum likelihood (EM, three rounds) and held back where there are few frames.</remarks>
    public void Centre(float[] features, IReadOnlyList<AlignedPhone> phones)
    {
        const int Rounds = 3, Prior = 30;
        var frames = phones.Sum(p => p.Frames);
        Span<float> shares = stackalloc float[_gaussians.Size];
        Span<double> differences = stackalloc double[DynamicFeatures.StreamSize], precisions = stackalloc double[DynamicFeatures.StreamSize];
        for (var round = 0; round < Rounds; round++)
        {
            differences.Clear();
            precisions.Clear();
            foreach (var phone in phones)
            {
                var codebook = _classes[phone.Phone];
                for (var frame = phone.First; frame < phone.End; frame++)
                {
                    var cepstrum = features.AsSpan(frame * DynamicFeatures.Size, DynamicFeatures.StreamSize);
                    var state = (codebook * StatesPerPhone) + Math.Min(StatesPerPhone - 1, StatesPerPhone * (frame - phone.First) / phone.Frames);
                    Share(codebook, state, cepstrum, shares);
                    _gaussians.AddDifferences(codebook, 0, cepstrum, shares, differences, precisions);
                }
            }
            for (var i = 0; i < DynamicFeatures.StreamSize; i++)
            {
                var offset = (float)(differences[i] / Math.Max(precisions[i], 1e-6) * frames / (frames + Prior));
                for (var at = i; at < features.Length; at += DynamicFeatures.Size) { features[at] -= offset; }
            }
        }
    }

    // How far a cepstrum is of each Gaussian of a state.
    private void Share(int codebook, int state, ReadOnlySpan<float> cepstrum, Span<float> shares)
    {
        var best = _gaussians.Evaluate(codebook, 0, cepstrum, shares);
        var weights = _weights.Of(0, state);
        var sum = float.Epsilon;
        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] = weights[i] * MathF.Exp(shares[i] - best);
            sum += shares[i];
        }
        for (var i = 0; i < shares.Length; i++) { shares[i] /= sum; }
    }

    private static float MaxOf(ReadOnlySpan<float> values)
    {
        var best = values[0];
        foreach (var value in values) { best = Math.Max(best, value); }
        return best;
    }
}
