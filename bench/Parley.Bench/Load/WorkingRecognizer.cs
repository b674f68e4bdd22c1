using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Parley.Asr;
using Parley.Audio;
using Parley.Pipeline;

namespace Parley.Bench.Load;

/// <summary>A recogniser that works through speech at a set pace: what takes it long for a whole utterance is mostly done when the speaker falls silent.</summary>
/// <param name="text">What it always understands.</param>
/// <param name="work">Its work on a second of audio.</param>
internal sealed class WorkingRecognizer(string text, TimeSpan work) : ISpeechRecognizer
{
    public string Name => "working";

    public ValueTask<IRecognitionStream> OpenAsync(RecognitionRequest request, CancellationToken cancellationToken = default) => new(new Stream(text, work));

    private sealed class Stream(string text, TimeSpan work) : IRecognitionStream
    {
        private readonly Channel<PartialTranscript> _partials = Channel.CreateUnbounded<PartialTranscript>();
        private readonly CancellationTokenSource _stop = new();
        private TimeSpan _heard;
        private long _done; // when all work on what was heard so far is done
        private bool _isPaused;

        public void Write(AudioFrame frame)
        {
            _heard += frame.Duration;
            // Silence after speech that is over is not worked on: the final is under way.
            if (!_isPaused) { _done = Math.Max(_done, Stopwatch.GetTimestamp()) + (long)((frame.Duration * work.TotalSeconds).TotalSeconds * Stopwatch.Frequency); }
        }

        public void SpeechPaused()
        {
            _isPaused = true;
            _ = SettleAsync(Left);
        }

        public void SpeechResumed() => _isPaused = false;

        public async IAsyncEnumerable<PartialTranscript> ReadPartialsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await foreach (var partial in _partials.Reader.ReadEachAsync(cancellationToken)) { yield return partial; }
        }

        public async Task<FinalTranscript> FinishAsync(CancellationToken cancellationToken = default)
        {
            await WaitAsync(Left, cancellationToken);
            _partials.Writer.TryComplete();
            return Final();
        }

        public ValueTask DisposeAsync()
        {
            _stop.Cancel();
            _stop.Dispose();
            _partials.Writer.TryComplete();
            return ValueTask.CompletedTask;
        }

        private TimeSpan Left => Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), _done);

        private async Task SettleAsync(TimeSpan left)
        {
            try
            {
                await WaitAsync(left, _stop.Token);
                if (_isPaused) { _partials.Writer.TryWrite(new PartialTranscript(text, 0, Final())); }
            }
            catch (OperationCanceledException)
            {
                // The utterance is over.
            }
        }

        private static Task WaitAsync(TimeSpan left, CancellationToken cancellationToken) => left > TimeSpan.Zero ? Task.Delay(left, cancellationToken) : Task.CompletedTask;

        private FinalTranscript Final() => new(text, [new RecognizedWord(text, TimeSpan.Zero, _heard, 0.95)], 0.95, "working");
    }
}
