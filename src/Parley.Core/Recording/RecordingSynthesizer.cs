using System.Runtime.CompilerServices;
using Parley.Timeline;
using Parley.Tts;

namespace Parley.Recording;

/// <summary>Notes what is spoken, and when, but not its samples: they can be made again.</summary>
internal sealed class RecordingSynthesizer(ISpeechSynthesizer inner, SessionTimeline timeline, CallCounter calls) : ISpeechSynthesizer
{
    public string Name => inner.Name;

    public IReadOnlyList<string> Voices => inner.Voices;

    public bool Supports(string language) => inner.Supports(language);

    public async IAsyncEnumerable<SpeechChunk> SynthesizeAsync(
        SpeechRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var call = calls.Next();
        timeline.Add(TimelineKinds.SpeechCall, new RecordedCall(call, request.Text));
        await using var chunks = inner.SynthesizeAsync(request, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await chunks.MoveNextAsync()) { break; }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                timeline.Add(TimelineKinds.SpeechFailed, RecordedFailures.From(call, e));
                throw;
            }
            var c = chunks.Current;
            timeline.Add(TimelineKinds.Speech, new RecordedSpeech(call, c.Samples.Length, c.SampleRate, c.Phones, c.Visemes, c.Words));
            yield return c;
        }
        timeline.Add(TimelineKinds.SpeechEnd, new RecordedEnd(call));
    }
}
