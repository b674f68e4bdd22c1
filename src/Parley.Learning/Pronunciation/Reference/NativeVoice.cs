using Parley.Alignment;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.Governance;
using Parley.Tts;

namespace Parley.Learning.Pronunciation.Reference;

/// <summary>Reads texts as a native speaker would: a synthesiser that knows when it says which word.</summary>
/// <remarks>Thread-safe. The last readings are kept, for the same sentence is said again and again.</remarks>
/// <param name="synthesizer">Speaks English, the same text always the same, and knows the times of its words exactly, not by a guess.</param>
/// <param name="aligner">Hears once how high the voice's formants lie, as it does of every learner.</param>
/// <param name="time">The clock of the timeout; null for the system's.</param>
public sealed class NativeVoice(ISpeechSynthesizer synthesizer, IPhoneAligner aligner, TimeProvider? time = null)
{
    private const int Capacity = 32;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private float _formants; // 0: not heard yet
    private readonly LinkedList<(string Text, SpokenText? Reading)> _kept = [];

    /// <summary>The synthesiser's name.</summary>
    public string Name => synthesizer.Name;

    /// <summary>Reads a text; null where the voice cannot say it, for the learner is judged all the same.</summary>
    internal async ValueTask<SpokenText?> ReadAsync(IReadOnlyList<string> words, CancellationToken cancellationToken)
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
        SpokenText? reading;
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

    private async Task<SpokenText?> SpeakAsync(string text, IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        var (samples, rate, spans) = (new List<short>(), AudioMath.SpeechRate, new List<WordSpan>());
        await foreach (var chunk in synthesizer.SynthesizeAsync(new SpeechRequest(text) { Priority = CallPriority.Background }, cancellationToken))
        {
            samples.AddRange(chunk.Samples.Span);
            spans.AddRange(chunk.Words);
            rate = chunk.SampleRate;
        }
        if (samples.Count == 0) { return null; }
        var frame = (double)rate / PhoneAlignment.FrameRate;
        var (stretches, at) = (new Stretch?[words.Count], 0);
        for (var i = 0; i < words.Count; i++)
        {
            // A written word may be spoken as several: "7:30".
            WordSpan[] own = [.. spans.Where(span => span.TextOffset >= at && span.TextOffset < at + words[i].Length)];
            at += words[i].Length + 1;
            if (own.Length > 0) { stretches[i] = new((int)(own[0].StartSample / frame), (int)((own[^1].StartSample + own[^1].Samples) / frame)); }
        }
        short[] speech = rate == AudioMath.SpeechRate ? [.. samples] : Resampler.Convert([.. samples], rate, AudioMath.SpeechRate);
        if (_formants == 0) { _formants = (await aligner.AlignAsync(words, speech, cancellationToken)).Voice.Formants; }
        return SpokenText.Of(speech, stretches, _formants);
    }
}

/// <summary>A text as somebody reads it.</summary>
/// <param name="Words">Where its words sound, in the order of the text; null for one that is not spoken.</param>
/// <param name="Cepstra">What it sounds like, without what is the voice's.</param>
internal sealed record SpokenText(IReadOnlyList<Stretch?> Words, MelCepstra Cepstra)
{
    public static SpokenText Of(ReadOnlySpan<short> samples, PhoneAlignment alignment) =>
        Of(samples, [.. alignment.Words.Select(word => word.Phones.Count == 0 ? (Stretch?)null : new Stretch(word))], alignment.Voice.Formants);

    public static SpokenText Of(ReadOnlySpan<short> samples, IReadOnlyList<Stretch?> words, double formants)
    {
        var cepstra = MelCepstra.Of(samples, formants);
        int[] spoken = [.. words.OfType<Stretch>().SelectMany(word => Enumerable.Range(word.First, word.Frames)).Where(frame => frame < cepstra.Frames)];
        return new(words, cepstra.Without(spoken));
    }
}
