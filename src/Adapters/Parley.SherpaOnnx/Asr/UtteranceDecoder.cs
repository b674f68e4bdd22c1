using System.Collections.Concurrent;
using Parley.Asr;
using Parley.Diagnostics;
using Parley.SherpaOnnx.Text;

namespace Parley.SherpaOnnx.Asr;

/// <summary>The loaded recognisers of whole utterances that all sessions share; each decodes one utterance at a time. Thread-safe.</summary>
internal sealed class UtteranceDecoder : IDisposable
{
    private readonly ConcurrentBag<OfflineModel> _models;
    private readonly Leases _leases;
    private readonly Punctuator? _punctuator;
    private bool _disposed;

    public UtteranceDecoder(string engine, int workers, Func<OfflineModel> load, Punctuator? punctuator, TimeSpan leaseTimeout, TimeProvider time)
    {
        _punctuator = punctuator;
        _models = [.. Enumerable.Range(0, workers).Select(_ => load())];
        _leases = new Leases(VoiceStage.Asr, engine, workers, leaseTimeout, time);
    }

    public int Free => _leases.Free;

    /// <summary>Decodes as soon as a recogniser is free, and punctuates.</summary>
    /// <param name="samples">The utterance.</param>
    /// <param name="hints">What to favour.</param>
    /// <param name="begun">Told the work that goes on even when the wait for it is given up.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    /// <exception cref="VoiceException">None became free in time.</exception>
    public async Task<Hypothesis> DecodeAsync(float[] samples, RecognitionHints? hints, Action<Task> begun, CancellationToken cancellationToken)
    {
        var lease = await _leases.TakeAsync(cancellationToken);
        var work = RunAsync(lease, samples, hints, _punctuator);
        begun(work);
        return await work.WaitAsync(cancellationToken);
    }

    /// <summary>Decodes if a recogniser is free, without punctuation: that is for finals.</summary>
    /// <returns>Null: none is.</returns>
    public Task<Hypothesis>? TryDecode(float[] samples, RecognitionHints? hints) =>
        _leases.TryTake() is { } lease ? RunAsync(lease, samples, hints, null) : null;

    /// <summary>Frees the recognisers; those in use when they come back.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _disposed, true);
        while (_models.TryTake(out var model)) { model.Dispose(); }
        _punctuator?.Dispose();
    }

    // The library cannot be stopped in the middle: who gives up no longer waits, and the lease comes back when it is done.
    private Task<Hypothesis> RunAsync(Leases.Lease lease, float[] samples, RecognitionHints? hints, Punctuator? punctuator) => Task.Run(() =>
    {
        if (!_models.TryTake(out var model))
        {
            lease.Dispose();
            throw new ObjectDisposedException(nameof(UtteranceDecoder));
        }
        try
        {
            var heard = model.Decode(samples, hints);
            return punctuator is null || heard.Text.Length == 0 ? heard : heard with { Text = punctuator.Punctuate(heard.Text) };
        }
        finally
        {
            _models.Add(model);
            lease.Dispose();
            if (Volatile.Read(ref _disposed)) { Dispose(); }
        }
    });
}
