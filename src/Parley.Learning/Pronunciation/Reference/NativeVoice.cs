using Parley.Alignment;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.Governance;
using Parley.Tts;

namespace Parley.Learning.Pronunciation.Reference;

/// <summary>Reads texts as a native speaker would: a synthesiser, with what it says aligned.</summary>
/// <remarks>Thread-safe. The last readings are kept, for the same sentence is said again and again.</remarks>
/// <param name="synthesizer">Speaks English, and the same text always the same.</param>
/// <param name="aligner">Lays the text along it.</param>
/// <param name="time">The clock of the timeout; null for the system's.</param>
public sealed class NativeVoice(ISpeechSynthesizer synthesizer, IPhoneAligner aligner, TimeProvider? time = null)
{
    private const int Capacity = 32;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly LinkedList<(string Text, NativeReading? Reading)> _kept = [];

    /// <summary>The synthesiser's name.</summary>
    public string Name => synthesizer.Name;

    /// <summary>Reads a text; null where the voice cannot say it, for the learner is judged all the same.</summary>
    internal async ValueTask<NativeReading?> ReadAsync(IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        var text = string.Join(' ', words);
        lock (_lock)
        {
            for (var node = _kept.First; node is not null; node = node.Next)
            {
                if (node.Value.Text != text) { continue; }
                _kept.Remove(node);
                _kept.AddFirst(node);
                return node.Value.Reading;
            }
        }
        using var limit = new CancellationTokenSource(s_patience, time ?? TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        NativeReading? reading;
        try
        {
            reading = await SpeakAsync(text, words, either.Token);
        }
        catch (VoiceException e) when (e.Class == FailureClass.UserInput)
        {
            reading = null; // and never will be
        }
        catch (Exception e) when (e is VoiceException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
        lock (_lock)
        {
            _kept.AddFirst((text, reading));
            if (_kept.Count > Capacity) { _kept.RemoveLast(); }
        }
        return reading;
    }

    private async Task<NativeReading?> SpeakAsync(string text, IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        var (samples, rate) = (new List<short>(), AudioMath.SpeechRate);
        await foreach (var chunk in synthesizer.SynthesizeAsync(new SpeechRequest(text) { Priority = CallPriority.Background }, cancellationToken))
        {
            samples.AddRange(chunk.Samples.Span);
            rate = chunk.SampleRate;
        }
        if (samples.Count == 0) { return null; }
        short[] speech = rate == AudioMath.SpeechRate ? [.. samples] : Resampler.Convert([.. samples], rate, AudioMath.SpeechRate);
        var alignment = await aligner.AlignAsync(words, speech, cancellationToken);
        return NativeReading.Of(speech, alignment);
    }
}

/// <summary>A text as a native voice reads it.</summary>
/// <param name="Words">Where its words sound, in the order of the text.</param>
/// <param name="Cepstra">What it sounds like, without what is the voice's.</param>
internal sealed record NativeReading(IReadOnlyList<AlignedWord> Words, MelCepstra Cepstra)
{
    public static NativeReading Of(ReadOnlySpan<short> samples, PhoneAlignment alignment)
    {
        var cepstra = MelCepstra.Of(samples, alignment.Voice.Formants);
        int[] spoken = [.. alignment.Words.SelectMany(word => word.Phones).SelectMany(phone => Enumerable.Range(phone.First, phone.Frames)).Where(frame => frame < cepstra.Frames)];
        return new(alignment.Words, cepstra.Without(spoken));
    }
}
