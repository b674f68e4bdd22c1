using System.Threading.Channels;
using Parley.Transports.Lines;

namespace Parley.Transports.Devices;

/// <summary>What comes of a line, and what its translator says of its own accord, in one row.</summary>
/// <remarks>Anybody may add; the session's receive loop alone reads.</remarks>
/// <param name="line">The line; it is not read before <see cref="Open"/>, so that nothing comes before the session has begun.</param>
/// <param name="translate">What a frame means.</param>
/// <param name="time">The clock.</param>
/// <param name="displaced">The device has come back on another line.</param>
internal sealed class DeviceInputs(IFrameLine line, Func<Frame, IEnumerable<ClientInput>> translate, TimeProvider time, CancellationToken displaced)
{
    /// <summary>The wait for a device to close its side.</summary>
    private static readonly TimeSpan s_goodbye = TimeSpan.FromSeconds(2);

    /// <summary>More than a translator ever says at a time.</summary>
    private const int Capacity = 16;

    private readonly Channel<ClientInput> _inputs = Channel.CreateBounded<ClientInput>(Capacity);
    private readonly TaskCompletionSource _isOpen = new();
    private Task<Frame?>? _receiving;
    private Task<bool>? _waiting;
    private bool _hasLeft;

    /// <summary>From now on the line is read.</summary>
    public void Open() => _isOpen.TrySetResult();

    public void Add(ClientInput input) => _inputs.Writer.TryWrite(input);

    /// <summary>The session ends as if the other side had closed the line.</summary>
    public void Leave() => _inputs.Writer.TryComplete();

    /// <inheritdoc cref="IVoiceTransport.CloseAsync"/>
    /// <remarks>
    /// After <see cref="Leave"/> the session takes the client for gone and does not wait for it; to cut the line then would lose the goodbye. So this waits
    /// until the other side has closed the line too, but for one who has come back on another: theirs is most likely dead.
    /// </remarks>
    public async ValueTask CloseAsync(TransportCloseReason reason, CancellationToken cancellationToken)
    {
        await line.CloseAsync(reason, cancellationToken);
        if (!_hasLeft || displaced.IsCancellationRequested) { return; }
        Open();
        using var limit = new CancellationTokenSource(s_goodbye, time);
        try
        {
            while (await (_receiving ??= ReceiveFrameAsync(limit.Token)).WaitAsync(limit.Token) is not null) { _receiving = null; }
        }
        catch (OperationCanceledException)
        {
            // It will not close.
        }
    }

    /// <inheritdoc cref="IVoiceTransport.ReceiveAsync"/>
    public async ValueTask<ClientInput?> ReceiveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_inputs.Reader.TryRead(out var input)) { return input; }
            _receiving ??= ReceiveFrameAsync(cancellationToken);
            _waiting ??= WaitAsync(cancellationToken);
            if (await Task.WhenAny(_waiting, _receiving) == _waiting)
            {
                if (!await _waiting)
                {
                    _hasLeft = true;
                    return null;
                }
                _waiting = null;
                continue;
            }
            if (await _receiving is not { } frame) { return null; }
            _receiving = null;
            foreach (var meant in translate(frame)) { Add(meant); }
        }
    }

    // Not AsTask: that would go on elsewhere than on the caller's context.
    private async Task<bool> WaitAsync(CancellationToken cancellationToken) => await _inputs.Reader.WaitToReadAsync(cancellationToken);

    private async Task<Frame?> ReceiveFrameAsync(CancellationToken cancellationToken)
    {
        await _isOpen.Task.WaitAsync(cancellationToken);
        return await line.ReceiveAsync(cancellationToken);
    }
}
