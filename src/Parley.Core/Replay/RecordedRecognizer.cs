using System.Runtime.CompilerServices;
using Parley.Asr;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.Recording;

namespace Parley.Replay;

/// <summary>Gives the recorded transcripts when they came.</summary>
internal sealed class RecordedRecognizer(ILookup<int, (TimeSpan At, object Result)> calls, ReplayClock clock) : ISpeechRecognizer
{
    private readonly CallCounter _calls = new();

    public string Name => "recorded";

    public ValueTask<IRecognitionStream> OpenAsync(RecognitionRequest request, CancellationToken cancellationToken = default) =>
        new(new Stream(calls[_calls.Next()], clock));

    private sealed class Stream(IEnumerable<(TimeSpan At, object Result)> results, ReplayClock clock) : IRecognitionStream
    {
        private readonly CancellationTokenSource _over = new();

        public void Write(AudioFrame frame)
        {
            // What was understood of it is known.
        }

        public void SpeechPaused()
        {
            // As above.
        }

        public void SpeechResumed()
        {
            // As above.
        }

        public async IAsyncEnumerable<PartialTranscript> ReadPartialsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _over.Token);
            foreach (var (at, result) in results)
            {
                if (result is not RecordedPartial partial) { continue; }
                try
                {
                    await clock.UntilAsync(at, either.Token);
                }
                catch (OperationCanceledException) when (_over.IsCancellationRequested)
                {
                    yield break;
                }
                yield return partial.Partial;
            }
        }

        public async Task<FinalTranscript> FinishAsync(CancellationToken cancellationToken = default)
        {
            var (at, result) = results.LastOrDefault(r => r.Result is RecordedFinal or RecordedFailure);
            await clock.UntilAsync(at, cancellationToken);
            _over.Cancel();
            return result switch
            {
                RecordedFinal final => final.Final,
                RecordedFailure failure => throw new VoiceException(VoiceStage.Asr, failure.Message, failure.IsTransient),
                _ => throw new VoiceException(VoiceStage.Asr, "The recording has no final transcript of this utterance."),
            };
        }

        public bool Refines => results.Any(r => r.Result is RecordedRefinement);

        public async Task<FinalTranscript?> RefineAsync(CancellationToken cancellationToken = default)
        {
            var (at, result) = results.FirstOrDefault(r => r.Result is RecordedRefinement);
            if (result is not RecordedRefinement refinement) { return null; }
            await clock.UntilAsync(at, cancellationToken);
            return refinement.Refined;
        }

        public ValueTask DisposeAsync()
        {
            _over.Cancel();
            return ValueTask.CompletedTask;
        }
    }
}
