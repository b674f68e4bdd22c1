using System.Diagnostics;
using Parley.Audio;
using Parley.Testing.Transports;
using Parley.Transports;
using Parley.Transports.Protocol;

namespace Parley.Bench.Load;

/// <summary>One user at real-time pace who lets the assistant talk for a while and then speaks over it with a recorded voice.</summary>
/// <remarks><see cref="Tick"/> is called by the real-time loop every 20 ms; what the server sends is received by a task of its own.</remarks>
internal sealed class Interrupter : IDisposable
{
    private const int FrameSamples = AudioMath.SpeechRate * RealTimeLoop.FrameMs / 1000, AfterFrames = 25, ReportEvery = 10;

    private static readonly byte[] s_silence = new byte[2 * FrameSamples];
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private readonly ConverseClient _client;
    private readonly RecordedSentence _recording;
    private readonly int _listenFrames;
    private readonly Playout _playout = new();
    private readonly Lock _lock = new();
    private readonly Task _receiving;
    private readonly long _began = Stopwatch.GetTimestamp();
    private uint _generation;
    private long _noticed, _cancelled, _lastPacket, _spoken;
    private int _listened, _next, _ticks, _after;

    private Interrupter(ConverseClient client, RecordedSentence recording, TimeSpan listens)
    {
        (_client, _recording, _listenFrames) = (client, recording, (int)(listens.TotalMilliseconds / RealTimeLoop.FrameMs));
        _receiving = ReceiveAsync();
    }

    /// <summary>Whether it has been answered by silence, or has said all and given up.</summary>
    public bool HasFinished { get; private set; }

    /// <summary>Whether the reply was cancelled.</summary>
    public bool WasHeard { get { lock (_lock) { return _cancelled != 0; } } }

    /// <summary>From the word that speech was noticed to the last packet of the reply, in ms; 0 if none came after it.</summary>
    public double OnsetToLastStaleMs { get { lock (_lock) { return Math.Max(0, Stopwatch.GetElapsedTime(_noticed, _lastPacket).TotalMilliseconds); } } }

    /// <summary>From the first loud sample spoken to the last packet of the reply, in ms.</summary>
    public double SpokenToSilentMs { get { lock (_lock) { return Stopwatch.GetElapsedTime(_spoken, _lastPacket).TotalMilliseconds; } } }

    /// <summary>Packets of the reply that came after the word that it is cancelled.</summary>
    public int StalePackets { get; private set; }

    public static async Task<Interrupter> ConnectAsync(Uri server, RecordedSentence recording, TimeSpan listens)
    {
        var client = await ConverseClient.StartAsync(server);
        await client.SendAsync(new TextInput("Tell me something."));
        return new(client, recording, listens);
    }

    /// <summary>Sends the next 20 ms of the microphone.</summary>
    public void Tick()
    {
        if (HasFinished) { return; }
        if (Stopwatch.GetElapsedTime(_began) > s_limit) { throw new TimeoutException("The assistant said nothing, or never fell silent."); }
        lock (_lock)
        {
            if (_generation != 0) { _listened++; }
            if ((_cancelled != 0 || _next >= _recording.Samples.Length) && ++_after > AfterFrames)
            {
                HasFinished = true;
                return;
            }
        }
        if (_listened > _listenFrames && _next < _recording.Samples.Length) { Speak(); } else { Send(s_silence); }
        if (++_ticks % ReportEvery == 0 && _playout.Position is var (generation, played, _) && generation != 0)
        {
            _client.SendAsync(new Playback(generation, played)).GetAwaiter().GetResult();
        }
    }

    public async Task EndAsync()
    {
        await _client.SendAsync(new SessionEnd());
        await _receiving.WaitAsync(ConverseClient.Patience);
    }

    public void Dispose() => _client.Dispose();

    private void Speak()
    {
        var frame = new byte[2 * FrameSamples];
        var part = _recording.Samples.AsSpan(_next, Math.Min(FrameSamples, _recording.Samples.Length - _next));
        Pcm16.Write(part, frame);
        // A microphone sends a frame when its last sample was spoken: the first loud one is older by what follows it.
        if (_recording.Onset >= _next && _recording.Onset < _next + FrameSamples)
        {
            var since = AudioMath.DurationOf(_next + FrameSamples - _recording.Onset, AudioMath.SpeechRate);
            lock (_lock) { _spoken = Stopwatch.GetTimestamp() - (long)(since.TotalSeconds * Stopwatch.Frequency); }
        }
        _next += FrameSamples;
        Send(frame);
    }

    private void Send(byte[] frame) => _client.SendAudioAsync(frame).GetAwaiter().GetResult();

    private async Task ReceiveAsync()
    {
        while (await _client.ReceiveAsync() is { } item) { Take(item, Stopwatch.GetTimestamp()); }
    }

    private void Take(object item, long arrived)
    {
        lock (_lock)
        {
            switch (item)
            {
                case AudioPacket packet:
                    _generation = _generation == 0 ? packet.GenerationId : _generation;
                    _playout.Add(packet, arrived);
                    if (packet.GenerationId != _generation) { break; }
                    if (_cancelled != 0) { StalePackets++; }
                    _lastPacket = arrived;
                    break;
                case VadEvent { Event: VadEventKind.SpeechStart }: _noticed = arrived; break;
                case GenerationCancelled c when c.GenerationId == _generation: _cancelled = arrived; break;
            }
        }
    }
}
