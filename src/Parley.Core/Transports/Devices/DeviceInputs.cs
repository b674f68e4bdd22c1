using System.Threading.Channels;
using Parley.Transports.Lines;

namespace Parley.Transports.Devices;

/// <summary>What comes of a line, and what its translator says of its own accord, in one row.</summary>
/// <remarks>Anybody may add; the session's receive loop alone reads.</remarks>
/// <param name="line">The line; it is not read before <see cref="Open"/>, so that nothing comes before the session has begun.</param>
/// <param name="translate">What a frame means.</param>
internal sealed class DeviceInputs(IFrameLine line, Func<Frame, IEnumerable<ClientInput>> translate)
{
    /// <summary>More than a translator ever says at a time.</summary>
    private const int Capacity = 16;

    private readonly Channel<ClientInput> _inputs = Channel.CreateBounded<ClientInput>(Capacity);
    private readonly TaskCompletionSource _isOpen = new();
    private Task<Frame?>? _receiving;
    private Task<bool>? _waiting;

    /// <summary>Whether <see cref="ReceiveAsync"/> gave null for <see cref="Leave"/>, and not because the other side had closed the line.</summary>
    public bool HasLeft { get; private set; }

    /// <summary>From now on the line is read.</summary>
    public void Open() => _isOpen.TrySetResult();

    public void Add(ClientInput input) => _inputs.Writer.TryWrite(input);

    /// <summary>The session ends as if the other side had closed the line.</summary>
    public void Leave() => _inputs.Writer.TryComplete();

    /// <summary>
    /// Waits until the other side, which was told goodbye, has closed the line, as long as the token allows. After <see cref="Leave"/> the session takes it
    /// for gone and does not wait, and to cut the line would lose the goodbye.
    /// </summary>
    public async Task HearOutAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await (_receiving ??= ReceiveFrameAsync(cancellationToken)).WaitAsync(cancellationToken) is not null) { _receiving = null; }
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
                    HasLeft = true;
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
