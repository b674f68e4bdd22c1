using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Parley.Pipeline;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.Sessions;
using Parley.Time;
using Parley.Timeline;
using Parley.Transports.Protocol;

namespace Parley.Transports;

/// <summary>
/// Everything that leaves a session, in one order, through one loop. The loop stamps session and sequence and asks the fence last,
/// just before the socket.
/// </summary>
/// <remarks>Any thread may post; the loop is the only reader. The queue is bounded: a client that does not read ends its session.</remarks>
internal sealed class Outbox(
    IVoiceTransport transport,
    GenerationFence fence,
    PlaybackClock playback,
    SessionTimeline timeline,
    ParleyMetrics metrics,
    SessionOptions options,
    TimeProvider time)
{
    private const int Capacity = 512;
    private const int PacketsPerNote = 25; // half a second

    private readonly Channel<Item> _items = Channel.CreateBounded<Item>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private string? _traceId;
    // For the next packet; a reply that was cancelled may still be waiting for its last one.
    private Signal? _spare;
    private CancellationTokenSource? _limit;
    private ITimer? _lateness;
    private long _seq;

    public string SessionId { get; set { (field, _traceId) = (value, ParleyTraces.IdOf(value)); } } = "";

    /// <summary>What waits for the line.</summary>
    public int Waiting => _items.Reader.Count;

    /// <summary>The session was resumed: the next message follows <paramref name="seq"/>.</summary>
    public void GoOnAfter(long seq) => _seq = seq;

    /// <summary>Queues a message that left before, under the number that it had; waits for room.</summary>
    /// <exception cref="SessionEndedException">The session is over.</exception>
    public async ValueTask PostAgainAsync(ServerMessage message)
    {
        try
        {
            await _items.Writer.WriteAsync(new Item(message, null, isRepeated: true), CancellationToken.None);
        }
        catch (ChannelClosedException e)
        {
            throw new SessionEndedException("The line broke.", e);
        }
    }

    /// <summary>Send audio as <c>tts_audio_chunk</c> messages instead of binary frames.</summary>
    public bool AudioAsJson { get; set; }

    /// <summary>Queues a message, behind all that was queued before.</summary>
    /// <param name="message">The message; its session and sequence are stamped by the loop.</param>
    /// <param name="generation">The reply that it belongs to: it is dropped when that reply is cancelled. Null: it leaves in any case.</param>
    /// <exception cref="SessionEndedException">The queue is full, or the session is over.</exception>
    public void Post(ServerMessage message, uint? generation = null)
    {
        if (!_items.Writer.TryWrite(new Item(message, generation))) { throw new SessionEndedException("The client does not read."); }
    }

    /// <summary>Like <see cref="Post"/>, but waits for room: for producers that may be faster than the client.</summary>
    public ValueTask PostAsync(ServerMessage message, uint? generation, CancellationToken cancellationToken) =>
        _items.Writer.WriteAsync(new Item(message, generation), cancellationToken);

    /// <summary>Queues a packet and returns when it is in the socket or was stopped at the fence.</summary>
    [AsyncMethodBuilder(typeof(InPlaceMethodBuilder))] // One a packet, as below.
    public async ValueTask SendAudioAsync(AudioPacket packet, CancellationToken cancellationToken)
    {
        var left = Interlocked.Exchange(ref _spare, null) ?? new Signal();
        left.Reset();
        await _items.Writer.WriteAsync(new Item(packet, left), cancellationToken);
        // Not cancellable: the loop is done with the packet within the send timeout.
        await left.WaitAsync();
        _spare = left;
    }

    /// <summary>Nothing more is taken; the loop ends when the queue is empty.</summary>
    public void Complete() => _items.Writer.TryComplete();

    /// <summary>The send loop.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var limit = _limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var lateness = _lateness = time.CreateTimer(
            static s => ((CancellationTokenSource)s!).Cancel(), limit, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            // A channel that is waited for with a token makes an object for each wait.
            using var stopped = cancellationToken.UnsafeRegister(static items => ((Channel<Item>)items!).Writer.TryComplete(), _items);
            await foreach (var item in _items.Reader.ReadEachAsync(CancellationToken.None))
            {
                cancellationToken.ThrowIfCancellationRequested();
                await SendAsync(item, cancellationToken);
            }
            cancellationToken.ThrowIfCancellationRequested();
        }
        finally
        {
            _items.Writer.TryComplete();
            while (_items.Reader.TryRead(out var item)) { item.Left?.Set(); }
        }
    }

    [AsyncMethodBuilder(typeof(InPlaceMethodBuilder))]
    private async ValueTask SendAsync(Item item, CancellationToken cancellationToken)
    {
        try
        {
            if (item.Generation is { } generation && !fence.IsOpen(generation))
            {
                if (item.Message is null) { metrics.StalePacketStopped(); }
                return;
            }
            try
            {
                var writing = WriteAsync(item, _limit!.Token);
                if (writing.IsCompleted)
                {
                    await writing;
                    return;
                }
                // A line that is late ends the session: no later packet needs the token again.
                _lateness!.Change(options.SendTimeout, Timeout.InfiniteTimeSpan);
                await writing;
                _lateness.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new SessionEndedException("The client does not read.");
            }
        }
        finally
        {
            item.Left?.Set();
        }
    }

    [AsyncMethodBuilder(typeof(InPlaceMethodBuilder))]
    private async ValueTask WriteAsync(Item item, CancellationToken cancellationToken)
    {
        var message = item.Message ?? (AudioAsJson ? ToMessage(item.Packet) : null);
        if (message is not null)
        {
            (message.SessionId, message.TraceId) = (SessionId, _traceId);
            if (!item.IsRepeated) { message.Seq = ++_seq; }
            await transport.SendAsync(message, cancellationToken);
        }
        else
        {
            await transport.SendAsync(item.Packet, cancellationToken);
        }

        if (item.IsRepeated) { return; }
        if (item.Message is not null)
        {
            timeline.AddSent(item.Message);
            return;
        }
        var end = item.Packet.SampleOffset + item.Packet.Samples.Length;
        playback.AddSent(item.Packet.GenerationId, end);
        if (item.Packet.Chunk % PacketsPerNote == 0) { timeline.Add(TimelineKinds.AudioLeft, new AudioLeft(item.Packet.GenerationId, end)); }
    }

    private static TtsAudioChunk ToMessage(AudioPacket packet) => new(
        packet.GenerationId, packet.Segment, packet.Chunk, AudioCodec.Pcm16, packet.SampleRate, packet.SampleOffset,
        Convert.ToBase64String(Pcm16.ToBytes(packet.Samples.Span)));

    private readonly struct Item
    {
        public Item(ServerMessage message, uint? generation, bool isRepeated = false) => (Message, Generation, IsRepeated) = (message, generation, isRepeated);

        public Item(AudioPacket packet, Signal left) => (Packet, Generation, Left) = (packet, packet.GenerationId, left);

        public ServerMessage? Message { get; }

        public AudioPacket Packet { get; }

        public uint? Generation { get; }

        public bool IsRepeated { get; }

        /// <summary>Who waits until the packet has left; null: nobody, for it is a message.</summary>
        public Signal? Left { get; }
    }
}
