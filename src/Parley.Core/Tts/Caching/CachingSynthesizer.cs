namespace Parley.Tts.Caching;

/// <summary>A synthesiser that speaks each clause once: before it stands the cache of the process.</summary>
/// <remarks>Thread-safe. The first audio of a new clause is as soon as the engine's own.</remarks>
internal sealed class CachingSynthesizer(ISpeechSynthesizer engine, SpeechCache cache) : ISpeechSynthesizer, IAsyncDisposable
{
    public string Name => engine.Name;

    public IReadOnlyList<string> Voices => engine.Voices;

    public bool Supports(string language) => engine.Supports(language);

    public IAsyncEnumerable<SpeechChunk> SynthesizeAsync(SpeechRequest request, CancellationToken cancellationToken = default) =>
        cache.SpeakAsync(engine, request, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        switch (engine)
        {
            case IAsyncDisposable d: await d.DisposeAsync(); break;
            case IDisposable d: d.Dispose(); break;
        }
    }
}
