namespace Parley.Tts.Caching;

/// <summary>A clause as it was spoken, from its first chunk to its last.</summary>
internal sealed class CachedSpeech(IReadOnlyList<SpeechChunk> chunks)
{
    // Roughly what a span and a chunk take beside their samples.
    private const int SpanBytes = 40, ChunkBytes = 200;

    public IReadOnlyList<SpeechChunk> Chunks { get; } = chunks;

    /// <summary>The memory that it takes.</summary>
    public long Bytes { get; } = chunks.Sum(
        c => 2L * c.Samples.Length + ChunkBytes + SpanBytes * ((long)c.Phones.Count + c.Visemes.Count + c.Words.Count));
}
