using System.Threading.Channels;
using Parley.Diagnostics;
using Parley.Transports;

namespace Parley.Testing.Transports;

/// <summary>A line in memory with its client: the test says things, and finds everything that the server sent, in order.</summary>
/// <typeparam name="TSaid">What a client says.</typeparam>
/// <typeparam name="TSent">What is sent to it.</typeparam>
/// <remarks>Thread-safe, but for one reader and one writer at the server's end.</remarks>
public abstract class InMemoryEnd<TSaid, TSent>
{
    private readonly Channel<TSaid> _input = Channel.CreateUnbounded<TSaid>();
    private readonly Lock _lock = new();
    private readonly List<TSaid> _said = [];
    private readonly List<TSent> _sent = [];
    private volatile bool _gone;

    /// <summary>Called with each thing as the server sends it.</summary>
    public Action<TSent>? Sent { get; set; }

    public TransportCloseReason? Closed { get; private set; }

    public bool IsDisposed { get; private set; }

    /// <summary>A copy of all that was sent so far.</summary>
    public IReadOnlyList<TSent> All => Since(0);

    /// <summary>A copy of what was sent after the first <paramref name="count"/>.</summary>
    public IReadOnlyList<TSent> Since(int count) { lock (_lock) { return _sent[count..]; } }

    /// <summary>A copy of all that the client said so far.</summary>
    public IReadOnlyList<TSaid> Said { get { lock (_lock) { return [.. _said]; } } }

    /// <summary>The client says something.</summary>
    public void Say(TSaid said)
    {
        lock (_lock) { _said.Add(said); }
        _input.Writer.TryWrite(said);
    }

    /// <summary>The client is cut off: it says nothing more and nothing reaches it.</summary>
    public void Disconnect()
    {
        _gone = true;
        _input.Writer.TryComplete();
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

    /// <summary>Waits until the client has said something.</summary>
    /// <returns>False: it has gone.</returns>
    protected async ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => await _input.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>What it said, after <see cref="WaitAsync"/>.</summary>
    protected TSaid Take() => _input.Reader.TryRead(out var said) ? said : throw new InvalidOperationException("There are two readers.");

    /// <exception cref="VoiceException">The client has gone.</exception>
    protected void Add(TSent sent)
    {
        if (_gone) { throw new VoiceException(VoiceStage.Transport, "The client has gone.", isTransient: true); }
        lock (_lock) { _sent.Add(sent); }
        Sent?.Invoke(sent);
    }
}
