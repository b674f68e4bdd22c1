using System.Numerics;
using System.Runtime.InteropServices;
using Parley.Alignment;
using Parley.PocketSphinx.Asr;

namespace Parley.PocketSphinx.Alignment.Model;

/// <summary>Scores speech under the states of PocketSphinx's acoustic model, in managed code.</summary>
/// <remarks>Immutable, so thread-safe. A second of speech takes 20 million multiplications for the posteriors, and as many for comparing its phones.</remarks>
internal sealed class AcousticModel
{
    // A phone has closed its mouth on both sides where the next one is further away than this, in frames.
    private const int Adjacent = 2;

    private readonly ModelDefinition _definition;
    private readonly GaussianCodebooks _gaussians;
    private readonly MixtureWeights _weights;
    private readonly int[] _classes; // the codebook of each phone, then that of silence

    private AcousticModel(ModelDefinition definition, GaussianCodebooks gaussians, MixtureWeights weights)
    {
        (_definition, _gaussians, _weights) = (definition, gaussians, weights);
        _classes = [.. Phones.Names.Append("SIL").Select(name => definition.Phones.ToList().IndexOf(name))];
    }

    /// <summary>States of a phone.</summary>
    public int StatesPerPhone => _definition.StatesPerPhone;

    /// <summary>Reads the model.</summary>
    /// <exception cref="Diagnostics.VoiceException">A file is missing or is not what it should be.</exception>
    public static AcousticModel Load(PocketSphinxOptions options)
    {
        var file = (string name) => Path.Combine(options.AcousticModel, name);
        var definition = ModelDefinition.Read(file("mdef"));
        var gaussians = GaussianCodebooks.Read(file("means"), file("variances"));
        if (gaussians.Codebooks != definition.Phones.Count || Phones.Names.Append("SIL").Except(definition.Phones).Any()) { throw new SphinxFile(file("mdef")).Damaged(); }
        return new(definition, gaussians, MixtureWeights.Read(file("sendump"), definition.States, gaussians.Streams, gaussians.Size));
    }

    /// <summary>The codebook of a class: a phone, or silence at <see cref="Phones.Count"/>.</summary>
    public int CodebookOf(int @class) => _classes[@class];

    /// <summary>The phones of words, each between its neighbours.</summary>
    public PhoneInContext[] InContext(IEnumerable<IReadOnlyList<AlignedPhone>> words)
    {
        var phones = words.SelectMany(word => word.Select((phone, i) => (Phone: phone, Place: PlaceOf(i, word.Count)))).ToArray();
        return [.. phones.Select((p, i) => new PhoneInContext(p.Phone, new((byte)_classes[p.Phone.Phone], Neighbour(i, i - 1), Neighbour(i, i + 1), p.Place)))];

        byte Neighbour(int of, int at)
        {
            if (at < 0 || at >= phones.Length) { return (byte)_definition.Silence; }
            var (before, after) = (phones[Math.Min(of, at)].Phone, phones[Math.Max(of, at)].Phone);
            return (byte)(after.First - before.End > Adjacent ? _definition.Silence : _classes[phones[at].Phone.Phone]);
        }

        static WordPlace PlaceOf(int i, int count) => (i == 0, i == count - 1) switch
        {
            (true, true) => WordPlace.Only,
            (true, false) => WordPlace.First,
            (false, true) => WordPlace.Last,
            _ => WordPlace.Inside,
        };
    }

    /// <summary>The log likelihoods of the stretch of each phone under each phone in its place: <see cref="Phones.Count"/> values a phone.</summary>
    public float[] Compare(float[] features, IReadOnlyList<PhoneInContext> phones)
    {
        var likelihoods = new float[phones.Count * Phones.Count];
        for (var i = 0; i < phones.Count; i++)
        {
            for (var other = 0; other < Phones.Count; other++)
            {
                likelihoods[(i * Phones.Count) + other] = Fit(features, phones[i].At, phones[i].Triphone with { Phone = (byte)_classes[other] });
            }
        }
        return likelihoods;
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
                Score(_classes[i], _definition.StatesOf(_classes[i]), features.AsSpan(frame * DynamicFeatures.Size, DynamicFeatures.Size), states);
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
    public double Likelihood(float[] features, IReadOnlyList<PhoneInContext> phones) =>
        phones.Sum(phone => (double)Fit(features, phone.At, phone.Triphone)) / phones.Sum(phone => phone.At.Frames);

    /// <summary>The log likelihood of a part of a recording along phones that begin in it, and silence where there are none.</summary>
    /// <param name="features">The recording.</param>
    /// <param name="phones">A path through all of it, in order.</param>
    /// <param name="first">The part's first frame, at which one of the phones begins, or none sounds.</param>
    /// <param name="end">The frame after its last, likewise.</param>
    public double Likelihood(float[] features, IReadOnlyList<PhoneInContext> phones, int first, int end)
    {
        var (sum, next) = (0.0, first);
        foreach (var (at, triphone) in phones)
        {
            if (at.First < first || at.First >= end) { continue; }
            sum += Silent(next, at.First) + Fit(features, at, triphone);
            next = at.End;
        }
        return sum + Silent(next, end);

        double Silent(int from, int to)
        {
            var silence = (byte)_definition.Silence;
            return to <= from ? 0 : Fit(features, new AlignedPhone(0, from, to), new Triphone(silence, silence, silence, WordPlace.Only));
        }
    }

    /// <summary>Moves the cepstra of a recording so that the aligned phones lie where the model has them: what is left is the microphone, and the mean of a few words.</summary>
    /// <remarks>An offset for each coefficient, estimated by maximum likelihood (EM, three rounds) and held back where there are few frames.</remarks>
    public void Centre(float[] features, IReadOnlyList<PhoneInContext> phones)
    {
        const int Rounds = 3, Prior = 30;
        var frames = phones.Sum(p => p.At.Frames);
        Span<float> shares = stackalloc float[_gaussians.Size];
        Span<double> differences = stackalloc double[DynamicFeatures.StreamSize], precisions = stackalloc double[DynamicFeatures.StreamSize];
        for (var round = 0; round < Rounds; round++)
        {
            differences.Clear();
            precisions.Clear();
            foreach (var (at, triphone) in phones)
            {
                var states = _definition.StatesOf(triphone);
                for (var frame = at.First; frame < at.End; frame++)
                {
                    var cepstrum = features.AsSpan(frame * DynamicFeatures.Size, DynamicFeatures.StreamSize);
                    Share(triphone.Phone, states[states.Length * (frame - at.First) / at.Frames], cepstrum, shares);
                    _gaussians.AddDifferences(triphone.Phone, 0, cepstrum, shares, differences, precisions);
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

    // The log likelihood of a stretch under the best way through a phone's states, from the first to the last, or any of them where it is shorter than they are.
    private float Fit(float[] features, AlignedPhone stretch, Triphone triphone)
    {
        var states = _definition.StatesOf(triphone);
        Span<float> path = stackalloc float[states.Length], scores = stackalloc float[states.Length];
        var through = stretch.Frames >= states.Length;
        if (through) { path[1..].Fill(float.NegativeInfinity); }
        for (var frame = stretch.First; frame < stretch.End; frame++)
        {
            Score(triphone.Phone, states, features.AsSpan(frame * DynamicFeatures.Size, DynamicFeatures.Size), scores);
            for (var state = states.Length - 1; state >= 0; state--)
            {
                if (frame > stretch.First && state > 0) { path[state] = Math.Max(path[state], path[state - 1]); }
                path[state] += scores[state];
            }
        }
        return through ? path[^1] : MaxOf(path);
    }

    // Log likelihoods of a frame under states that share a codebook.
    private void Score(int codebook, ReadOnlySpan<int> states, ReadOnlySpan<float> features, Span<float> scores)
    {
        Span<float> densities = stackalloc float[_gaussians.Size];
        scores.Clear();
        for (var stream = 0; stream < DynamicFeatures.Streams; stream++)
        {
            var best = _gaussians.Evaluate(codebook, stream, features.Slice(stream * DynamicFeatures.StreamSize, DynamicFeatures.StreamSize), densities);
            var relative = MemoryMarshal.Cast<float, Vector<float>>(densities);
            for (var i = 0; i < relative.Length; i++) { relative[i] = Vector.Exp(relative[i] - new Vector<float>(best)); }
            for (var state = 0; state < states.Length; state++)
            {
                var weights = MemoryMarshal.Cast<float, Vector<float>>(_weights.Of(stream, states[state]));
                var sum = Vector<float>.Zero;
                for (var i = 0; i < relative.Length; i++) { sum += relative[i] * weights[i]; }
                scores[state] += best + MathF.Log(Math.Max(Vector.Sum(sum), float.Epsilon));
            }
        }
    }

    private static float MaxOf(ReadOnlySpan<float> values)
    {
        var best = values[0];
        foreach (var value in values) { best = Math.Max(best, value); }
        return best;
    }
}
