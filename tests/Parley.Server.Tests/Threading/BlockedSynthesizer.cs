using Parley.Testing.Simulated;
using Parley.Tts;

namespace Parley.Server.Tests.Threading;

/// <summary>Blocks its caller before it speaks.</summary>
internal sealed class BlockedSynthesizer(BlockedWork work) : ISpeechSynthesizer
{
    private readonly SimulatedSynthesizer _inner = new(TimeProvider.System);

    public string Name => _inner.Name;

    public IReadOnlyList<string> Voices => _inner.Voices;

    public bool Supports(string language) => true;

    public IAsyncEnumerable<SpeechChunk> SynthesizeAsync(SpeechRequest request, CancellationToken cancellationToken = default)
    {
        work.Run();
        return _inner.SynthesizeAsync(request, cancellationToken);
    }
}
