namespace Parley.Transports.Devices;

/// <summary>One seat for each device: who comes back takes the place of their own old line, and may go on with its session.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="time">The clock.</param>
/// <param name="window">How long after a device left its session can be resumed; zero: never.</param>
public sealed class DeviceSeats(TimeProvider time, TimeSpan window)
{
    /// <summary>The wait for a session to end whose device has come back.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Devices that are remembered after they left; of more, nothing is resumed.</summary>
    private const int MaxAbsent = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Place> _places = [];

    /// <summary>Takes the device's seat, once nobody sits on it any more.</summary>
    /// <param name="identity">The device; null: one that does not say who it is, and is not known again.</param>
    /// <param name="cancellationToken">The line broke.</param>
    /// <exception cref="TimeoutException">Its old session does not end.</exception>
    /// <exception cref="OperationCanceledException">The line broke, or the device has come once more in the meantime.</exception>
    public async Task<DeviceSeat> TakeAsync(DeviceIdentity? identity, CancellationToken cancellationToken = default)
    {
        if (identity is null) { return new DeviceSeat(leave: null); }
        var (seat, isFree) = Arrive(identity);
        using var patience = new CancellationTokenSource(Patience, time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, seat.Displaced, cancellationToken);
        try
        {
            await isFree.WaitAsync(over.Token);
        }
        catch (OperationCanceledException)
        {
            seat.Dispose();
            if (patience.IsCancellationRequested) { throw new TimeoutException("The device's old session does not end."); }
            throw;
        }
        lock (_lock) { seat.Ticket = _places[identity.DeviceId].TicketOf(identity, time, window); }
        return seat;
    }

    private (DeviceSeat Seat, Task IsFree) Arrive(DeviceIdentity identity)
    {
        lock (_lock)
        {
            Forget();
            if (!_places.TryGetValue(identity.DeviceId, out var place)) { _places[identity.DeviceId] = place = new Place(); }
            var (isFree, left) = (place.IsFree, new TaskCompletionSource());
            var seat = new DeviceSeat(s => Leave(place, identity, s, left));
            place.Newest?.Displace();
            place.Newest = seat;
            place.IsFree = isFree.IsCompleted ? left.Task : Task.WhenAll(isFree, left.Task);
            return (seat, isFree);
        }
    }

    private void Leave(Place place, DeviceIdentity identity, DeviceSeat seat, TaskCompletionSource left)
    {
        lock (_lock)
        {
            // Who never got the seat leaves the ticket to the next one.
            if (seat.Ticket is { } ticket) { (place.Owner, place.Ticket) = (identity, ticket); }
            place.LeftAt = time.GetTimestamp();
            if (place.Newest == seat) { place.Newest = null; }
        }
        left.TrySetResult();
    }

    /// <summary>Nothing is kept of devices that are away for too long, or too many.</summary>
    private void Forget()
    {
        var absent = _places.Where(p => p.Value.IsFree.IsCompleted).OrderByDescending(p => p.Value.LeftAt).ToList();
        foreach (var (i, (id, place)) in absent.Index())
        {
            if (i >= MaxAbsent || time.GetElapsedTime(place.LeftAt) >= window) { _places.Remove(id); }
        }
    }

    private sealed class Place
    {
        /// <summary>Completes when everybody who came for this seat has left.</summary>
        public Task IsFree { get; set; } = Task.CompletedTask;

        /// <summary>Who came last; null: they have left.</summary>
        public DeviceSeat? Newest { get; set; }

        /// <summary>Who last had a session here, and what goes on with it.</summary>
        public DeviceIdentity? Owner { get; set; }

        public ResumeTicket? Ticket { get; set; }

        public long LeftAt { get; set; }

        public ResumeTicket? TicketOf(DeviceIdentity identity, TimeProvider time, TimeSpan window) =>
            Owner == identity && time.GetElapsedTime(LeftAt) < window ? Ticket : null;
    }
}
