using System.Globalization;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.Onnx.Runtime;
using Parley.Onnx.Vad;
using Parley.Turns;

namespace Parley.Onnx.Turns;

/// <summary>An end-of-turn model in a file: one input, float32 [1, 128000], and the probability that the turn is over as the first output.</summary>
/// <remarks>
/// The input is 8 s of 16 kHz audio in −1 to 1, filled up with zeros on the left: what Smart Turn and models like it take.
/// One judgement at a time, on the thread pool; a caller waits no longer than its token lets it. Thread-safe.
/// </remarks>
public sealed class OnnxTurnModel : IEndOfTurnModel, IDisposable
{
    private const int Samples = 8 * AudioMath.SpeechRate;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly OrtSession _session;
    private readonly NativeBuffer<float> _input = new(Samples);
    private readonly OrtHandle _tensor;
    private readonly OrtScalarRun _run;

    /// <summary>Loads the model and tries it on silence, so that one of another shape is found at once.</summary>
    /// <param name="modelPath">The ONNX file.</param>
    /// <param name="timeout">How long a turn may wait for a judgement; null for 0.4 s.</param>
    /// <param name="library">Where ONNX Runtime is; null for what <c>native/</c> brought, else the system's.</param>
    /// <exception cref="VoiceException">The library or the file is missing, or the model is no end-of-turn model; the message says which.</exception>
    public OnnxTurnModel(string modelPath, TimeSpan? timeout = null, SileroOptions? library = null)
    {
        Timeout = timeout ?? TimeSpan.FromMilliseconds(400);
        try
        {
            _session = new OrtSession(OrtApi.Load((library ?? new()).LibraryCandidates), modelPath);
            _tensor = _session.CreateTensor(_input, 1, Samples);
            _run = new OrtScalarRun(_session, _tensor);
            Compute([]);
        }
        catch (VoiceException e)
        {
            Dispose();
            throw new VoiceException(VoiceStage.Turn, $"The end-of-turn model {modelPath} cannot be used. {e.Message}", inner: e);
        }
    }

    public TimeSpan Timeout { get; }

    public TimeSpan Window => AudioMath.DurationOf(Samples, AudioMath.SpeechRate);

    public async Task<double> JudgeAsync(ReadOnlyMemory<short> audio, CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        // Who gives up the wait leaves the run behind: it frees the model when it is done.
        return await Task.Run(
            () =>
            {
                try { return Compute(audio.Span); }
                finally { _turn.Release(); }
            },
            CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        // Pulling memory away from a run would be worse than waiting for it: it takes a fraction of a second.
        _turn.Wait();
        _run?.Dispose();
        _tensor?.Dispose();
        _session?.Dispose();
        _input.Dispose();
    }

    private double Compute(ReadOnlySpan<short> audio)
    {
        if (audio.Length > Samples) { audio = audio[^Samples..]; }
        var input = _input.Span;
        input[..^audio.Length].Clear();
        var tail = input[^audio.Length..];
        for (var i = 0; i < audio.Length; i++) { tail[i] = audio[i] / 32768f; }
        var probability = _run.Compute();
        return probability is >= 0 and <= 1 ? probability : throw new VoiceException(
            VoiceStage.Turn, string.Create(CultureInfo.InvariantCulture, $"Its output must be a probability, 0 to 1, and was {probability}."));
    }
}
