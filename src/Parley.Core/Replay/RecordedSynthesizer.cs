using System.Runtime.CompilerServices;
using Parley.Diagnostics;
using Parley.Recording;
using Parley.Tts;

namespace Parley.Replay;

/// <summary>Speaks as long, and with the same mouth, as what was recorded: silence, for samples are not.</summary>
internal sealed class RecordedSynthesizer(
    string name, RecordedCalls calls, IReadOnlyList<string> voices, ReplayClock clock) : ISpeechSynthesizer
{
    public string Name => name;

    public IReadOnlyList<string> Voices => voices;

    public bool Supports(string language) => true;

    public async IAsyncEnumerable<SpeechChunk> SynthesizeAsync(
        SpeechRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var (at, result) in calls.Take(request.Text))
        {
            await clock.UntilAsync(at, cancellationToken);
            switch (result)
            {
                case RecordedSpeech s: yield return new SpeechChunk(new short[s.Samples], s.SampleRate, s.Phones, s.Visemes, s.Words); break;
                case RecordedFailure failure: throw new VoiceException(VoiceStage.Tts, failure.Message, failure.IsTransient);
                default: yield break;
            }
        }
        // The call was given up in the recording before it ended.
        await clock.UntilAsync(TimeSpan.MaxValue, cancellationToken);
    }
}
