namespace Parley.Transports;

/// <summary>A packet of the assistant's voice, 20 ms or the rest of a segment.</summary>
/// <param name="GenerationId">The reply that it belongs to.</param>
/// <param name="Segment">The clause, 0, 1, 2 … in the generation.</param>
/// <param name="Chunk">The packet, 0, 1, 2 … in the generation.</param>
/// <param name="SampleOffset">Its first sample, counted from the start of the generation.</param>
/// <param name="Samples">PCM16 mono at <paramref name="SampleRate"/>. Nobody writes to them after the packet is created.</param>
/// <param name="SampleRate">Samples a second.</param>
public readonly record struct AudioPacket(
    uint GenerationId, uint Segment, uint Chunk, long SampleOffset, ReadOnlyMemory<short> Samples, int SampleRate);
