using System.Text;
using System.Threading.Channels;
using Parley.Diagnostics;
using Parley.Transports;
using Parley.Transports.Lines;

namespace Parley.Testing.Transports;

/// <summary>A line in memory with a client of whatever dialect at its end: the test sends frames, and finds everything that the server sent, in order.</summary>
public sealed class InMemoryLine : IFrameLine
{
    private readonly Channel<Frame> _input = Channel.CreateUnbounded<Frame>();
    private readonly Lock _lock = new();
    private readonly List<Frame> _sent = [];
    private volatile bool _gone;

    /// <summary>Called with each frame as the server sends it.</summary>
    public Action<Frame>? Sent { get; set; }

    public TransportCloseReason? Closed { get; private set; }

    public bool IsDisposed { get; private set; }

    /// <summary>A copy of all that was sent so far.</summary>
    public IReadOnlyList<Frame> All { get { lock (_lock) { return [.. _sent]; } } }

    /// <summary>A copy of what was sent after the first <paramref name="count"/> frames.</summary>
    public IReadOnlyList<Frame> Since(int count) { lock (_lock) { return _sent[count..]; } }

    /// <summary>The client sends text.</summary>
    public void Say(string text) => _input.Writer.TryWrite(new Frame(Encoding.UTF8.GetBytes(text), IsText: true));

    /// <summary>The client sends bytes.</summary>
    public void Say(ReadOnlyMemory<byte> bytes) => _input.Writer.TryWrite(new Frame(bytes, IsText: false));

    /// <summary>The client sends a frame as it stands.</summary>
    public void Say(Frame frame) => _input.Writer.TryWrite(frame);

    /// <summary>The client is cut off: it says nothing more and nothing reaches it.</summary>
    public void Disconnect()
    {
        _gone = true;
        _input.Writer.TryComplete();
    }

    public async ValueTask<Frame?> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        while (await _input.Reader.WaitToReadAsync(cancellationToken))
        {
            if (_input.Reader.TryRead(out var frame)) { return frame; }
        }
        return null;
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> data, bool isText, CancellationToken cancellationToken = default)
    {
        if (_gone) { throw new VoiceException(VoiceStage.Transport, "The client has gone.", isTransient: true); }
        var frame = new Frame(data.ToArray(), isText);
        lock (_lock) { _sent.Add(frame); }
        Sent?.Invoke(frame);
        return ValueTask.CompletedTask;
    }

    public ValueTask CloseAsync(TransportCloseReason reason, CancellationToken cancellationToken = default)
    {
        Closed = reason;
        _input.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }
}
