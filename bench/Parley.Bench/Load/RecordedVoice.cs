using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Parley.Tts;

namespace Parley.Bench.Load;

/// <summary>A synthesiser whose speech is made once and then comes from memory at once, so that it can speak on the virtual clock.</summary>
/// <remarks>Speaks at 16 kHz or at the rate of <paramref name="inner"/>; sessions are set to it.</remarks>
internal sealed class RecordedVoice(ISpeechSynthesizer inner) : ISpeechSynthesizer
{
    private readonly ConcurrentDictionary<string, SpeechChunk[]> _spoken = new(StringComparer.Ordinal);

    public string Name => "recorded";

    public IReadOnlyList<string> Voices => inner.Voices;

    public bool Supports(string language) => inner.Supports(language);

    public async IAsyncEnumerable<SpeechChunk> SynthesizeAsync(SpeechRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var chunk in Speak(request.Text)) { yield return chunk; }
        await ValueTask.CompletedTask;
    }

    /// <summary>How many words of <paramref name="text"/> were played, each by half at least, at sample <paramref name="position"/> of the reply.</summary>
    public int WordsAt(string text, long position)
    {
        var (words, start) = (0, 0L);
        var splitter = new ClauseSplitter();
        IEnumerable<Clause> clauses = [.. text.Split(' ').SelectMany((word, i) => splitter.Push(i == 0 ? word : " " + word)), .. splitter.Flush() is { } rest ? [rest] : Array.Empty<Clause>()];
        foreach (var chunks in clauses.Where(c => !string.IsNullOrWhiteSpace(c.Spoken)).Select(c => Speak(c.Spoken)))
        {
            words += chunks.SelectMany(chunk => chunk.Words).Count(word => start + word.StartSample + word.Samples / 2 <= position);
            start += chunks.Sum(chunk => chunk.Samples.Length);
        }
        return words;
    }

    private SpeechChunk[] Speak(string text) => _spoken.GetOrAdd(text, t => Task.Run(async () =>
    {
        var chunks = new List<SpeechChunk>();
        await foreach (var chunk in inner.SynthesizeAsync(new SpeechRequest(t))) { chunks.Add(chunk); }
        return chunks.ToArray();
    }).GetAwaiter().GetResult());
}
