namespace Parley.Transports.Devices;

/// <summary>The place of one device while it is connected; disposed when its session is over.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class DeviceSeat : IDisposable
{
    private readonly CancellationTokenSource _displaced = new();
    private readonly Action<DeviceSeat>? _leave;
    private volatile ResumeTicket? _ticket;
    private int _isDisposed;

    /// <param name="leave">Called once, when it is disposed.</param>
    internal DeviceSeat(Action<DeviceSeat>? leave) => (Displaced, _leave) = (_displaced.Token, leave);

    /// <summary>What the device may go on with, and once it has a session, what will go on with that; null: it begins anew.</summary>
    public ResumeTicket? Ticket { get => _ticket; set => _ticket = value; }

    /// <summary>Cancelled when the device has come back on another line: this one is to end.</summary>
    public CancellationToken Displaced { get; }

    /// <summary>One more message left for the device.</summary>
    public void Sent(long seq)
    {
        if (_ticket is { } ticket && seq > ticket.LastSeq) { _ticket = ticket with { LastSeq = seq }; }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0) { _leave?.Invoke(this); }
    }

    internal void Displace() => _displaced.Cancel();
}
