using Parley.Testing.Simulated;
using Parley.Transports.Protocol;

namespace Parley.Bench.Load;

/// <summary>The same short tone again and again, which the simulated engines take for speech.</summary>
/// <param name="length">Of the tone: whole frames.</param>
/// <param name="times">How often it is said.</param>
internal sealed class ToneLines(TimeSpan length, int times) : ILines
{
    private readonly short[] _tone = SimulatedSynthesizer.Tone((int)(length.TotalSeconds * 16_000));
    private int _said;

    public short[]? Next(IReadOnlyList<SuggestionItem> offered) => _said++ < times ? _tone : null;
}
