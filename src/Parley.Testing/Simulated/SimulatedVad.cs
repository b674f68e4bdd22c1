using Parley.Diagnostics;
using Parley.Vad;

namespace Parley.Testing.Simulated;

/// <summary>Hears speech wherever a window holds a sample louder than 1 000. No time spent.</summary>
public sealed class SimulatedVad : IVoiceActivityDetector
{
    private int _open;

    public string Name => "simulated";

    /// <summary>Samples a window; the default is 20 ms, so that silences have no remainder.</summary>
    public int WindowSamples { get; init; } = 320;

    /// <summary>Streams that were opened and not disposed.</summary>
    public int OpenStreams => Volatile.Read(ref _open);

    /// <summary>From now on every window fails.</summary>
    public bool Fails { get; set; }

    /// <summary>The probability that it gives for speech.</summary>
    public float Certainty { get; set; } = 1;

    public IVoiceActivityStream OpenStream()
    {
        Interlocked.Increment(ref _open);
        return new Stream(this);
    }

    private sealed class Stream(SimulatedVad owner) : IVoiceActivityStream
    {
        private int _disposed;

        public ValueTask<float> DetectAsync(ReadOnlyMemory<short> window, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (window.Length != owner.WindowSamples) { throw new ArgumentException($"A window has {owner.WindowSamples} samples.", nameof(window)); }
            if (owner.Fails) { throw new VoiceException(VoiceStage.Vad, "Simulated failure."); }
            return ValueTask.FromResult(window.Span.IndexOfAnyExceptInRange((short)-1000, (short)1000) >= 0 ? owner.Certainty : 0f);
        }

        public void Dispose() { if (Interlocked.Exchange(ref _disposed, 1) == 0) { Interlocked.Decrement(ref owner._open); } }
    }
}
