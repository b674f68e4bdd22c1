using System.Runtime.CompilerServices;
using Parley.Asr;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.Timeline;

namespace Parley.Recording;

/// <summary>Notes partial and final transcripts.</summary>
internal sealed class RecordingRecognizer(ISpeechRecognizer inner, SessionTimeline timeline) : ISpeechRecognizer
{
    private readonly CallCounter _calls = new();

    public string Name => inner.Name;

    public async ValueTask<IRecognitionStream> OpenAsync(RecognitionRequest request, CancellationToken cancellationToken = default)
    {
        var call = _calls.Next();
        try
        {
            return new Stream(await inner.OpenAsync(request, cancellationToken), call, timeline);
        }
        catch (VoiceException e)
        {
            timeline.Add(TimelineKinds.AsrFailed, RecordedFailures.From(call, e));
            throw;
        }
    }

    private sealed class Stream(IRecognitionStream inner, int call, SessionTimeline timeline) : IRecognitionStream
    {
        public void Write(AudioFrame frame) => inner.Write(frame);

        public void SpeechPaused() => inner.SpeechPaused();

        public void SpeechResumed() => inner.SpeechResumed();

        public async IAsyncEnumerable<PartialTranscript> ReadPartialsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await foreach (var partial in inner.ReadPartialsAsync(cancellationToken))
            {
                timeline.Add(TimelineKinds.AsrPartial, new RecordedPartial(call, partial));
                yield return partial;
            }
        }

        public async Task<FinalTranscript> FinishAsync(CancellationToken cancellationToken = default)
        {
            try
            {
                var final = await inner.FinishAsync(cancellationToken);
                timeline.Add(TimelineKinds.AsrFinal, new RecordedFinal(call, final));
                return final;
            }
            catch (VoiceException e)
            {
                timeline.Add(TimelineKinds.AsrFailed, RecordedFailures.From(call, e));
                throw;
            }
        }

        public bool Refines => inner.Refines;

        public async Task<FinalTranscript?> RefineAsync(CancellationToken cancellationToken = default)
        {
            var refined = await inner.RefineAsync(cancellationToken);
            if (refined is not null) { timeline.Add(TimelineKinds.AsrRefined, new RecordedRefinement(call, refined)); }
            return refined;
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
