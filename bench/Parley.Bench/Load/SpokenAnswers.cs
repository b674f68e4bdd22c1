using Parley.Transports.Protocol;
using Parley.Tts;

namespace Parley.Bench.Load;

/// <summary>Says offered answers with a synthesiser's voice, another each time, without the silence around the words.</summary>
/// <param name="synthesizer">Who speaks.</param>
/// <param name="voice">With which voice.</param>
/// <param name="first">Which of the answers is said first.</param>
internal sealed class SpokenAnswers(ISpeechSynthesizer synthesizer, string voice, int first) : ILines
{
    /// <summary>What is quieter than this at either end is silence: 1 % of full scale.</summary>
    private const short Quiet = 328;

    private int _next = first;

    public short[]? Next(IReadOnlyList<SuggestionItem> offered) =>
        offered.Count == 0 ? null : Task.Run(() => SpeakAsync(offered[_next++ % offered.Count].Text)).GetAwaiter().GetResult();

    private async Task<short[]> SpeakAsync(string text)
    {
        var speech = await Spoken.ReadAsync(synthesizer, voice, text);
        var first = Array.FindIndex(speech, IsLoud);
        var last = Array.FindLastIndex(speech, IsLoud);
        return first < 0 ? throw new InvalidOperationException($"The voice {voice} said nothing.") : speech[first..(last + 1)];
    }

    private static bool IsLoud(short sample) => sample is > Quiet or < -Quiet;
}
