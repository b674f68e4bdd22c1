using Parley.Diagnostics;
using Parley.Transports.Realtime.Wire;

namespace Parley.Transports.Realtime;

/// <summary>What is to be told to the client, in its order, and the names of what is told.</summary>
internal sealed class EventQueue(Random random)
{
    // Bounded by what one message or event causes: it is emptied before the next is taken.
    private readonly Queue<ServerEvent> _events = new();

    public void Tell(ServerEvent happened) => _events.Enqueue(happened);

    public void Tell(RealtimeError fault, string? eventId) => Tell(new ErrorEvent(fault with { EventId = eventId ?? fault.EventId }));

    public bool TryTake(out ServerEvent? next)
    {
        if (!_events.TryDequeue(out next)) { return false; }
        next.EventId = RandomId.Next("event_", random);
        return true;
    }

    public string NewItemId() => RandomId.Next("item_", random);

    public string NewResponseId() => RandomId.Next("resp_", random);

    public string NewConversationId() => RandomId.Next("conv_", random);
}
