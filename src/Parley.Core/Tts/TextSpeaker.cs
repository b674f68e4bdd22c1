using System.Runtime.CompilerServices;
using Parley.Diagnostics;
using Parley.Pipeline;

namespace Parley.Tts;

/// <summary>Speaks a whole text, clause by clause, so that audio starts with the first one.</summary>
/// <param name="engines">Synthesisers, the preferred first: one that fails before a clause's first audio is replaced by the next.</param>
/// <param name="patience">The wait for a clause's first audio, and for each chunk after it.</param>
/// <param name="time">The clock.</param>
/// <remarks>Thread-safe.</remarks>
public sealed class TextSpeaker(IReadOnlyList<ISpeechSynthesizer> engines, TimeSpan patience, TimeProvider time)
{
    /// <summary>Speaks a text.</summary>
    /// <param name="text">What to say; Markdown and emoji are not read out.</param>
    /// <param name="voice">A voice; an engine that has no such voice speaks with its own default.</param>
    /// <param name="language">BCP 47.</param>
    /// <param name="speed">As <see cref="SpeechRequest.Speed"/>.</param>
    /// <param name="cancellationToken">Stops the synthesis; the enumeration then throws.</param>
    /// <returns>Chunks in order; their spans count from their own clause. Rates may differ where an engine was replaced.</returns>
    /// <exception cref="VoiceException">All engines failed at a clause, or one broke off in the middle of it.</exception>
    public async IAsyncEnumerable<SpeechChunk> SpeakAsync(
        string text, string? voice, string language, double speed, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var splitter = new ClauseSplitter();
        var first = 0;
        foreach (var clause in splitter.Push(text).Append(splitter.Flush()).OfType<Clause>())
        {
            if (string.IsNullOrWhiteSpace(clause.Spoken)) { continue; }
            var spoken = false;
            while (!spoken)
            {
                var (engine, heard) = (engines[first], false);
                await using var chunks = Read(engine, clause, voice, language, speed, cancellationToken);
                while (true)
                {
                    try
                    {
                        if (!await chunks.MoveNextAsync(cancellationToken))
                        {
                            spoken = true;
                            break;
                        }
                    }
                    catch (Exception e) when (e is VoiceException or TimeoutException)
                    {
                        // What was heard cannot be taken back, and saying the clause again would be worse.
                        if (heard || ++first == engines.Count) { throw Failure(engine, e); }
                        break;
                    }
                    heard = true;
                    yield return chunks.Current;
                }
            }
        }
    }

    private PatientReader<SpeechChunk> Read(
        ISpeechSynthesizer engine, Clause clause, string? voice, string language, double speed, CancellationToken cancellationToken)
    {
        var request = new SpeechRequest(
            clause.Spoken, engine.Voices.FirstOrDefault(v => v.Equals(voice, StringComparison.OrdinalIgnoreCase)),
            engine.Supports(language) ? language : TextLanguage.Latin, speed);
        return new(token => engine.SynthesizeAsync(request, token), patience, time, cancellationToken);
    }

    private static VoiceException Failure(ISpeechSynthesizer engine, Exception e) => e as VoiceException
        ?? new VoiceException(VoiceStage.Tts, $"{engine.Name} gave no audio in time.", isTransient: true, e);
}
