using System.Runtime.CompilerServices;
using Parley.Time;
using Parley.Timeline;
using Parley.Vad;

namespace Parley.Recording;

/// <summary>Notes each window's probability of speech.</summary>
internal sealed class RecordingDetector(IVoiceActivityDetector inner, SessionTimeline timeline) : IVoiceActivityDetector
{
    public string Name => inner.Name;

    public int WindowSamples => inner.WindowSamples;

    public IVoiceActivityStream OpenStream() => new Stream(inner.OpenStream(), timeline);

    private sealed class Stream(IVoiceActivityStream inner, SessionTimeline timeline) : IVoiceActivityStream
    {
        public ValueTask<float> DetectAsync(ReadOnlyMemory<short> window, CancellationToken cancellationToken = default)
        {
            var answer = inner.DetectAsync(window, cancellationToken);
            return answer.IsCompletedSuccessfully ? new ValueTask<float>(Note(answer.Result, window.Length)) : NoteAsync(answer, window.Length);
        }

        public void Dispose() => inner.Dispose();

        [AsyncMethodBuilder(typeof(InPlaceMethodBuilder<>))] // One a window.
        private async ValueTask<float> NoteAsync(ValueTask<float> answer, int samples) => Note(await answer, samples);

        private float Note(float probability, int samples)
        {
            timeline.AddWindow(probability, samples);
            return probability;
        }
    }
}
