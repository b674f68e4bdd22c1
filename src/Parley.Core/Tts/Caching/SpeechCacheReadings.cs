namespace Parley.Tts.Caching;

/// <summary>What a speech cache has done so far.</summary>
/// <param name="MemoryHits">Clauses that were in memory.</param>
/// <param name="DiskHits">Clauses that came from the folder.</param>
/// <param name="Joined">Clauses that somebody else was just having spoken.</param>
/// <param name="Misses">Clauses that had to be spoken.</param>
/// <param name="Prefetched">Clauses that were spoken before anybody asked.</param>
/// <param name="Evicted">Clauses that left the memory for others.</param>
/// <param name="MemoryBytes">Bytes in memory now.</param>
/// <param name="DiskBytes">Bytes in the folder now.</param>
public readonly record struct SpeechCacheReadings(
    long MemoryHits, long DiskHits, long Joined, long Misses, long Prefetched, long Evicted, long MemoryBytes, long DiskBytes)
{
    /// <summary>The share of clauses that nobody had to wait for, 0 to 1.</summary>
    public double HitRate => MemoryHits + DiskHits + Joined + Misses is > 0 and var all ? (MemoryHits + DiskHits + Joined) / (double)all : 0;
}
