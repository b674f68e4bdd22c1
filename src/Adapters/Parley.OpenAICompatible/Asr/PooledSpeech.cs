using System.Buffers;
using Parley.Audio;

namespace Parley.OpenAICompatible.Asr;

/// <summary>The audio of an utterance as it comes, PCM16 in pooled blocks that never move: what was written may be sent while more is written.</summary>
/// <remarks>One writer; <see cref="Slice"/> from any thread. Dispose it when nothing reads from its slices any more.</remarks>
internal sealed class PooledSpeech(int maxSamples) : IDisposable
{
    private const int BlockBytes = AudioMath.SpeechRate * sizeof(short);

    private readonly Lock _gate = new();
    private readonly List<byte[]> _blocks = [];
    private int _bytes;

    /// <summary>Samples kept so far.</summary>
    public int Samples { get { lock (_gate) { return _bytes / sizeof(short); } } }

    /// <summary>Keeps what fits below the limit.</summary>
    public void Append(ReadOnlySpan<short> samples)
    {
        lock (_gate)
        {
            samples = samples[..Math.Min(samples.Length, maxSamples - _bytes / sizeof(short))];
            while (!samples.IsEmpty)
            {
                var at = _bytes % BlockBytes;
                if (at == 0) { _blocks.Add(ArrayPool<byte>.Shared.Rent(BlockBytes)); }
                var count = Math.Min(samples.Length, (BlockBytes - at) / sizeof(short));
                Pcm16.Write(samples[..count], _blocks[^1].AsSpan(at, count * sizeof(short)));
                _bytes += count * sizeof(short);
                samples = samples[count..];
            }
        }
    }

    /// <summary>The bytes of the samples from <paramref name="from"/> up to <paramref name="to"/>, in order.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Slice(int from, int to)
    {
        var parts = new List<ReadOnlyMemory<byte>>();
        lock (_gate)
        {
            for (var (at, end) = (from * sizeof(short), Math.Min(to * sizeof(short), _bytes)); at < end;)
            {
                var count = Math.Min(end - at, BlockBytes - at % BlockBytes);
                parts.Add(_blocks[at / BlockBytes].AsMemory(at % BlockBytes, count));
                at += count;
            }
        }
        return parts;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var block in _blocks) { ArrayPool<byte>.Shared.Return(block); }
            _blocks.Clear();
            _bytes = 0;
        }
    }
}
