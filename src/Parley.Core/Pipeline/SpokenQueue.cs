using System.Threading.Channels;
using Parley.Audio;
using Parley.Time;

namespace Parley.Pipeline;

/// <summary>
/// Synthesised audio that waits to be paced out. Its writer is held up while there is enough of it: counted in time, for one engine gives a whole sentence at once
/// and another 20 ms.
/// </summary>
/// <remarks>One writer and one reader, each on a thread of its own.</remarks>
/// <param name="enough">How much may wait; the piece that comes to more is taken, but the next one is not asked for.</param>
/// <param name="sampleRate">Samples a second of its pieces.</param>
internal sealed class SpokenQueue(TimeSpan enough, int sampleRate)
{
    // Bound by what it holds up.
    private readonly Channel<SpokenPiece> _pieces = Channel.CreateUnbounded<SpokenPiece>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly long _enough = AudioMath.SamplesIn(enough, sampleRate);
    private readonly Signal _room = new() { UsesPool = true };
    private readonly Lock _lock = new();
    private long _waiting;
    private bool _isHeldUp;

    /// <summary>Hands a piece over; returns when more is wanted.</summary>
    /// <exception cref="OperationCanceledException">The wait for that was cancelled; the piece is in.</exception>
    public async ValueTask WriteAsync(SpokenPiece piece, CancellationToken cancellationToken)
    {
        _room.Reset();
        if (Put(piece)) { return; }
        using var registration = cancellationToken.UnsafeRegister(static (queue, token) => ((SpokenQueue)queue!).Release(new OperationCanceledException(token)), this);
        await _room.WaitAsync();
    }

    /// <summary>There will be no more.</summary>
    public void Complete() => _pieces.Writer.TryComplete();

    /// <summary>The pieces in turn. Each is to be reported to <see cref="Took"/> when it is begun.</summary>
    public ChannelItems<SpokenPiece> ReadEachAsync(CancellationToken cancellationToken) => _pieces.Reader.ReadEachAsync(cancellationToken);

    /// <summary>A piece waits no longer.</summary>
    public void Took(SpokenPiece piece)
    {
        lock (_lock)
        {
            _waiting -= piece.Samples.Length;
            if (_waiting >= _enough) { return; }
        }
        Release(null);
    }

    private bool Put(SpokenPiece piece)
    {
        bool hasRoom;
        lock (_lock)
        {
            _waiting += piece.Samples.Length;
            hasRoom = _waiting < _enough;
            _isHeldUp = !hasRoom;
        }
        _pieces.Writer.TryWrite(piece);
        return hasRoom;
    }

    private void Release(OperationCanceledException? cancelled)
    {
        lock (_lock)
        {
            if (!_isHeldUp) { return; }
            _isHeldUp = false;
        }
        if (cancelled is null) { _room.Set(); } else { _room.Fail(cancelled); }
    }
}
