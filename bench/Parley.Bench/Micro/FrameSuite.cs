using BenchmarkDotNet.Attributes;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.Server.Threading;
using Parley.Sessions;
using Parley.Timeline;
using Parley.Transports;
using Parley.Transports.Lines;
using Parley.Transports.Protocol;
using Parley.Vad;

namespace Parley.Bench.Micro;

/// <summary>What happens for each frame of 20 ms that is heard or sent, and for each window of 32 ms.</summary>
[MemoryDiagnoser]
#pragma warning disable CA1001 // Cleanup disposes.
public class FrameSuite
#pragma warning restore CA1001
{
    private const int Rate = AudioMath.SpeechRate, Frame = Rate / 50, Browser = 48_000, Packets = 256;

    private readonly short[] _browser = Sound(Browser / 50), _speech = Sound(512), _quiet = new short[512];
    private readonly byte[] _pcm = new byte[2 * Frame], _framed = new byte[AudioPacketHeader.Size + 2 * Frame];
    private readonly Resampler _resampler = new(Browser, Rate);
    private readonly AudioLender _lender = new();
    private readonly GenerationFence _fence = new();
    private readonly SpeechSegmenter _segmenter = new(new VadOptions());
    private readonly AudioIntake _intake = new(new SessionOptions(), TimeProvider.System, mayRunAhead: true);
    // As in a server: the session's steps are on one thread.
    private readonly SessionLoops _loops = new(1, TimeProvider.System);
    private readonly CancellationTokenSource _stop = new();

    private AudioPacket _packet;
    private short[] _resampled = [];
    private IVoiceActivityStream _energy = null!;
    private SilenceGate _gate = null!;
    private Pacer _pacer = null!;
    private Task _sending = Task.CompletedTask;

    [GlobalSetup]
    public void Setup()
    {
        var detector = new EnergyVoiceActivityDetector();
        _energy = detector.OpenStream();
        _gate = new SilenceGate(detector.OpenStream(), detector.WindowSamples);
        _resampled = new short[_resampler.MaxOutput(_browser.Length)];
        var generation = _fence.Open();
        _packet = new AudioPacket(generation, 1, 1, 0, Sound(Frame), Rate);
        var playback = new PlaybackClock(TimeProvider.System);
        playback.Begin(generation, Rate);
        var options = new SessionOptions();
        var outbox = new Outbox(
            new ConverseTransport(new Nowhere()), _fence, playback, new SessionTimeline(TimeProvider.System), new ParleyMetrics(), options, TimeProvider.System);
        _pacer = new Pacer(outbox, playback, options.Lead, TimeProvider.System);
        _sending = _loops.RunAsync(() => outbox.RunAsync(_stop.Token));
    }

    [GlobalCleanup]
    public async Task CleanupAsync()
    {
        await _stop.CancelAsync();
        await _sending.ContinueWith(static _ => { }, TaskScheduler.Default);
        _loops.Dispose();
        _pacer.Dispose();
        _energy.Dispose();
        _gate.Dispose();
        _stop.Dispose();
    }

    /// <summary>A frame of a browser becomes one of 16 kHz.</summary>
    [Benchmark]
    public int Resampler() => _resampler.Process(_browser, _resampled);

    /// <summary>A frame that came over the line is copied for the session's loop, and given back.</summary>
    [Benchmark]
    public void FramingHeard() => _lender.Lend(_pcm).Release();

    /// <summary>What a session does with it before it is judged.</summary>
    [Benchmark]
    public int Intake()
    {
        _intake.Take(_pcm, Rate, out var samples);
        return samples.Length;
    }

    /// <summary>A packet becomes a binary frame.</summary>
    [Benchmark]
    public void FramingSent()
    {
        AudioPacketHeader.Write(_packet, _framed);
        Pcm16.Write(_packet.Samples.Span, _framed.AsSpan(AudioPacketHeader.Size));
    }

    /// <summary>A window is judged by the built-in detector.</summary>
    [Benchmark]
    public ValueTask<float> VadEnergy() => _energy.DetectAsync(_speech);

    /// <summary>A silent window is spared.</summary>
    [Benchmark]
    public ValueTask<float> VadSpared() => _gate.DetectAsync(_quiet);

    /// <summary>Whether speech has begun or ended with this window.</summary>
    [Benchmark]
    public SegmenterUpdate VadSegmenter() => _segmenter.Push(0.2f);

    /// <summary>Whether a packet may leave.</summary>
    [Benchmark]
    public bool Fence() => _fence.IsOpen(_packet.GenerationId);

    /// <summary>A packet that is due goes through pacer, queue, send loop, fence and framing, to a line that takes it at once.</summary>
    [Benchmark(OperationsPerInvoke = Packets)]
    public Task Pacer() => _loops.RunAsync(async () =>
    {
        for (var i = 0; i < Packets; i++) { await _pacer.SendAsync(_packet, CancellationToken.None); }
    });

    private static short[] Sound(int samples) => [.. Enumerable.Range(0, samples).Select(i => (short)(8_000 * Math.Sin(i / 7.0)))];

    private sealed class Nowhere : IFrameLine
    {
        public async ValueTask<Frame?> ReceiveAsync(CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return null;
        }

        public ValueTask SendAsync(ReadOnlyMemory<byte> data, bool isText, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public ValueTask CloseAsync(TransportCloseReason reason, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
