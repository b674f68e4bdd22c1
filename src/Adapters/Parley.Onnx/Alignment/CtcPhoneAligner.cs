using System.Numerics.Tensors;
using Parley.Alignment;
using Parley.Diagnostics;
using Parley.Onnx.Runtime;
using Parley.Onnx.Vad;

namespace Parley.Onnx.Alignment;

/// <summary>Lets another aligner find where phones sound, and asks a phone model what they sound like.</summary>
/// <remarks>
/// A CTC model (A. Graves et al., 2006) writes each phone in a step or two and blanks between, so what it says of a stretch is summed up over all of its steps: the share of each phone in what is not blank. One recording
/// at a time, on the thread pool. Thread-safe.
/// </remarks>
public sealed class CtcPhoneAligner : IPhoneAligner, IDisposable
{
    // A phone is written up to so many frames beside where it sounds; what a phone has of a stretch in which it was not written at all.
    private const int Beside = 2;
    private const float Floor = 1e-4f;

    private readonly IPhoneAligner _inner;
    private readonly PhoneModelOptions _options;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly OrtSession _session;
    private readonly PhoneTokens _tokens;
    private readonly string _input, _output;

    /// <summary>Loads the model and tries it on silence, so that one of another shape is found at once.</summary>
    /// <param name="inner">Finds where the phones sound; disposed with this one.</param>
    /// <param name="options">Where the model is.</param>
    /// <param name="library">Where ONNX Runtime is; null for what <c>native/</c> brought, else the system's.</param>
    /// <param name="time">The clock of the timeout; null for the system's.</param>
    /// <exception cref="VoiceException">The library or a file is missing, or the model is no phone model; the message says which.</exception>
    public CtcPhoneAligner(IPhoneAligner inner, PhoneModelOptions options, SileroOptions? library = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_inner, _options, _time) = (inner, options, time ?? TimeProvider.System);
        try
        {
            var model = options.Model ?? throw new VoiceException(VoiceStage.Coach, "There is no model.");
            _tokens = PhoneTokens.Read(options.TokensFile);
            _session = new OrtSession(OrtApi.Load((library ?? new()).LibraryCandidates), model);
            (_input, _output) = (_session.InputNames(), _session.OutputNames()) is ([var input], [var output, ..]) ? (input, output) : throw new VoiceException(VoiceStage.Coach, "It must have one input.");
            Compute(new short[Audio.AudioMath.SpeechRate]);
        }
        catch (VoiceException e)
        {
            _session?.Dispose();
            throw new VoiceException(VoiceStage.Coach, $"The phone model {options.Model} cannot be used. {e.Message}", inner: e);
        }
    }

    /// <inheritdoc/>
    public string Name => $"{_inner.Name}+{Path.GetFileNameWithoutExtension(_options.Model)}";

    /// <inheritdoc/>
    public async ValueTask<PhoneAlignment> AlignAsync(IReadOnlyList<string> words, ReadOnlyMemory<short> samples, CancellationToken cancellationToken = default)
    {
        var alignment = await _inner.AlignAsync(words, samples, cancellationToken);
        using var limit = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return Judge(alignment, await RunAsync(samples, either.Token));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new VoiceException(VoiceStage.Coach, "The phone model took longer than allowed.", isTransient: true);
        }
    }

    /// <summary>Frees the model and the other aligner.</summary>
    public void Dispose()
    {
        // Pulling the model away from a run would be worse than waiting for it.
        _turn.Wait();
        _session.Dispose();
        (_inner as IDisposable)?.Dispose();
    }

    private async Task<float[,]> RunAsync(ReadOnlyMemory<short> samples, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        // Who gives up the wait leaves the run behind: it frees the model when it is done.
        return await Task.Run(
            () =>
            {
                try { return Compute(samples.Span); }
                finally { _turn.Release(); }
            },
            CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    // The probability of each class in each step; the model takes samples of mean 0 and deviation 1.
    private float[,] Compute(ReadOnlySpan<short> samples)
    {
        using var input = new NativeBuffer<float>(samples.Length);
        for (var i = 0; i < samples.Length; i++) { input.Span[i] = samples[i]; }
        var mean = TensorPrimitives.Sum<float>(input.Span) / samples.Length;
        TensorPrimitives.Subtract(input.Span, mean, input.Span);
        var deviation = MathF.Sqrt(TensorPrimitives.SumOfSquares<float>(input.Span) / samples.Length);
        TensorPrimitives.Divide(input.Span, MathF.Max(deviation, 1e-3f), input.Span);
        using var binding = new OrtBinding([(_input, _session.CreateTensor(input, 1, samples.Length))], []);
        var logits = _session.Run(binding, _output);
        if (logits.Shape is not [1, > 0 and var steps, var tokens] || tokens != _tokens.Classes.Length)
        {
            throw new VoiceException(VoiceStage.Coach, $"Its output must have {_tokens.Classes.Length} tokens in each step, and has the shape [{string.Join(", ", logits.Shape)}].");
        }
        var (shares, row) = (new float[steps, PhoneAlignment.Classes], new float[tokens]);
        for (var step = 0; step < steps; step++)
        {
            TensorPrimitives.SoftMax(logits.Data.AsSpan(step * (int)tokens, (int)tokens), row);
            for (var token = 0; token < tokens; token++)
            {
                if (_tokens.Classes[token] is >= 0 and var @class) { shares[step, @class] += row[token]; }
            }
        }
        return shares;
    }

    private static PhoneAlignment Judge(PhoneAlignment alignment, float[,] shares)
    {
        AlignedPhone[] phones = [.. alignment.Words.SelectMany(word => word.Phones)];
        var (posteriors, likelihoods) = (new float[alignment.Frames * PhoneAlignment.Classes], new float[phones.Length * Phones.Count]);
        // Where no phone is, there is silence.
        var silence = new float[PhoneAlignment.Classes];
        silence.AsSpan(0, Phones.Count).Fill(Floor);
        silence[Phones.Count] = 1 - (Floor * Phones.Count);
        for (var frame = 0; frame < alignment.Frames; frame++) { TensorPrimitives.Log(silence, posteriors.AsSpan(frame * PhoneAlignment.Classes, PhoneAlignment.Classes)); }
        foreach (var (i, phone) in phones.Index())
        {
            var evidence = Evidence(shares, phone, alignment.Frames);
            for (var frame = phone.First; frame < Math.Min(phone.End, alignment.Frames); frame++) { evidence.CopyTo(posteriors, frame * PhoneAlignment.Classes); }
            TensorPrimitives.Multiply(evidence.AsSpan(0, Phones.Count), phone.Frames, likelihoods.AsSpan(i * Phones.Count, Phones.Count));
        }
        return new(alignment.Words, posteriors, likelihoods) { Voice = alignment.Voice, Insertions = alignment.Insertions };
    }

    // The log share of each class in what is written in a stretch.
    private static float[] Evidence(float[,] shares, AlignedPhone phone, int frames)
    {
        var (evidence, steps) = (new float[PhoneAlignment.Classes], shares.GetLength(0));
        var (from, to) = (StepOf(Math.Max(0, phone.First - Beside)), StepOf(phone.End - 1 + Beside) + 1);
        for (var step = from; step < to; step++)
        {
            for (var i = 0; i < Phones.Count; i++) { evidence[i] += shares[step, i]; }
        }
        // Blanks stand between any two phones; only where there is nothing else they mean silence.
        evidence[Phones.Count] = Math.Max(0, 1 - TensorPrimitives.Sum<float>(evidence));
        for (var i = 0; i < evidence.Length; i++) { evidence[i] += Floor; }
        TensorPrimitives.Divide(evidence, TensorPrimitives.Sum<float>(evidence), evidence);
        TensorPrimitives.Log(evidence, evidence);
        return evidence;

        int StepOf(int frame) => Math.Min(steps - 1, frame * steps / Math.Max(1, frames));
    }
}
