using System.Runtime.CompilerServices;
using Parley.Testing.Simulated;
using Parley.Tts;

namespace Parley.Server.Tests.Api;

/// <summary>Speaks its first clause at once, and every other when the gate opens.</summary>
internal sealed class GatedSynthesizer(Task gate) : ISpeechSynthesizer
{
    private readonly SimulatedSynthesizer _inner = new(TimeProvider.System);
    private int _calls;

    public string Name => _inner.Name;

    public IReadOnlyList<string> Voices => _inner.Voices;

    public bool Supports(string language) => true;

    public async IAsyncEnumerable<SpeechChunk> SynthesizeAsync(SpeechRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (Interlocked.Increment(ref _calls) > 1) { await gate.WaitAsync(cancellationToken); }
        await foreach (var chunk in _inner.SynthesizeAsync(request, cancellationToken)) { yield return chunk; }
    }
}
