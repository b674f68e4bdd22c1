using System.Threading.Channels;
using Parley.SherpaOnnx.Native;

namespace Parley.SherpaOnnx.Asr;

/// <summary>Decodes the utterances of all sessions by a few workers, several utterances at a time.</summary>
/// <remarks>An utterance is in the queue, or with one worker, or at rest; so nobody else touches its native stream meanwhile. Thread-safe.</remarks>
internal sealed class StreamingDecoder : IDisposable
{
    /// <summary>After so many chunks an utterance with much audio gives way to the others.</summary>
    private const int Rounds = 4;

    private readonly OnlineModel _model;
    private readonly int _maxBatch;
    private readonly Channel<StreamingUtterance> _queue;
    private readonly Task[] _workers;

    public StreamingDecoder(OnlineModel model, int workers, int maxBatch)
    {
        (_model, _maxBatch) = (model, maxBatch);
        // Bounded by the leases: each open utterance is in it once at most.
        _queue = Channel.CreateUnbounded<StreamingUtterance>();
        _workers = [.. Enumerable.Range(0, workers).Select(_ => Task.Run(RunAsync))];
    }

    /// <returns>False: the decoder has ended.</returns>
    public bool Enqueue(StreamingUtterance utterance) => _queue.Writer.TryWrite(utterance);

    public void Dispose()
    {
        _queue.Writer.TryComplete();
        Task.WhenAll(_workers).GetAwaiter().GetResult();
        _model.Dispose();
    }

    private async Task RunAsync()
    {
        var batch = new List<StreamingUtterance>(_maxBatch);
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < _maxBatch && _queue.Reader.TryRead(out var utterance)) { batch.Add(utterance); }
            try
            {
                Decode(batch);
            }
#pragma warning disable CA1031 // One utterance's misfortune must not end the worker that all share.
            catch (Exception e)
#pragma warning restore CA1031
            {
                foreach (var utterance in batch) { utterance.Fail(e); }
            }
            foreach (var utterance in batch) { utterance.Rest(this); }
            batch.Clear();
        }
    }

    private void Decode(List<StreamingUtterance> batch)
    {
        foreach (var utterance in batch) { utterance.Feed(_model); }
        for (var round = 0; round < Rounds; round++)
        {
            OnlineStreamHandle[] ready = [.. batch.Where(u => !u.IsStopped).Select(u => u.Stream).Where(_model.IsReady)];
            if (ready.Length == 0) { break; }
            _model.Decode(ready);
        }
        foreach (var utterance in batch.Where(u => !u.IsStopped)) { utterance.Publish(_model.Read(utterance.Stream), _model.IsReady(utterance.Stream)); }
    }
}
