using Parley.Transports.Protocol;
using Parley.Transports.Realtime.Items;
using Parley.Transports.Realtime.Sessions;
using Parley.Transports.Realtime.Wire;

namespace Parley.Transports.Realtime.Responses;

/// <summary>A response on its way to the client, from <c>response.created</c> to exactly one <c>response.done</c>, with what it puts into the conversation.</summary>
internal sealed class OngoingResponse
{
    private readonly string _id;
    private readonly string _conversation;
    private readonly ResponsePlan _plan;
    private readonly ItemStore _items;
    private readonly EventQueue _events;
    private readonly List<StoredItem> _output = [];
    private readonly OutputMessage _message;
    private StatusDetails? _failure, _cut;
    private TokenUsage? _usage;

    /// <summary>Begins it.</summary>
    /// <param name="plan">How it is made.</param>
    /// <param name="generation">The session's reply that it is.</param>
    /// <param name="conversation">The conversation's id.</param>
    /// <param name="items">The conversation.</param>
    /// <param name="events">Where clients are told.</param>
    public OngoingResponse(ResponsePlan plan, uint generation, string conversation, ItemStore items, EventQueue events)
    {
        (_id, _conversation, _plan, _items, _events, Generation) = (events.NewResponseId(), conversation, plan, items, events, generation);
        _message = new OutputMessage(_id, plan, events);
        events.Tell(new ResponseCreated(Outline(ResponseStatus.InProgress, null)));
    }

    public string Id => _id;

    public uint Generation { get; }

    public ResponsePlan Plan => _plan;

    /// <summary>More of its text was written.</summary>
    public void Write(string text)
    {
        if (_plan.Modality == Modality.Text) { Message().WriteText(text); } else { _message.Foresee(text); }
    }

    /// <summary>The audio that follows says this.</summary>
    public void Caption(string text) { if (_plan.Modality == Modality.Audio) { Message().Caption(text); } }

    public void Play(AudioPacket packet) { if (_plan.Modality == Modality.Audio) { Message().Play(packet.Samples, packet.SampleRate); } }

    /// <summary>A tool is to be called by the client.</summary>
    public void Call(string callId, string name, string arguments)
    {
        // What was written before it comes before it, though it is spoken after.
        if (_message.HasUnspokenText) { Message(); }
        var call = new FunctionCallItem(callId, name, "") { Id = _events.NewItemId(), Object = ConversationItem.ObjectName, Status = ItemStatus.InProgress };
        var item = new StoredItem(call) { WantsOutput = true };
        Add(item);
        var index = _output.Count - 1;
        _events.Tell(new ArgumentsDelta(_id, item.Id, index, callId, arguments));
        _events.Tell(new ArgumentsDone(_id, item.Id, index, callId, name, arguments));
        Finish(item, index, call with { Arguments = arguments, Status = ItemStatus.Completed });
    }

    /// <summary>A stage failed; the response goes on as far as it can.</summary>
    public void Fail(string code, string message) => _failure ??= StatusDetails.Failed(code, message);

    /// <summary>Its text is complete.</summary>
    /// <param name="cut">Why it ends before its time; null: it does not.</param>
    /// <param name="usage">What it cost; null: nobody told.</param>
    public void Finish(StatusDetails? cut, TokenUsage? usage) => (_cut, _usage) = (cut, usage);

    /// <summary>All of it was made.</summary>
    public void Complete()
    {
        if (_plan.Modality == Modality.Audio && _message.HasUnspokenText) { Message().CaptionRest(); }
        var flaw = _failure ?? _cut;
        End(flaw?.Type ?? ResponseStatus.Completed, flaw);
    }

    /// <summary>It ends before its time.</summary>
    public void Cancel(StatusDetails why, TokenUsage? usage = null)
    {
        _usage ??= usage;
        End(why.Type, why);
    }

    private void End(ResponseStatus status, StatusDetails? details)
    {
        if (_message.Item is { } item)
        {
            var index = _output.IndexOf(item);
            Finish(item, index, _message.Close(status == ResponseStatus.Completed ? ItemStatus.Completed : ItemStatus.Incomplete));
            _items.BoundAudio();
        }
        _events.Tell(new ResponseDone(Outline(status, details)));
    }

    /// <summary>The message, which begins with the first that is to be in it.</summary>
    private OutputMessage Message()
    {
        if (_message.Item is null)
        {
            var item = new StoredItem(new MessageItem(ItemRole.Assistant, []) { Id = _events.NewItemId(), Object = ConversationItem.ObjectName, Status = ItemStatus.InProgress })
            {
                NativeId = $"g{Generation}", Generation = Generation,
            };
            Add(item);
            _message.Open(item, _output.Count - 1);
        }
        return _message;
    }

    private void Add(StoredItem item)
    {
        _output.Add(item);
        _events.Tell(new OutputItemAdded(_id, _output.Count - 1, item.Item));
        if (!_plan.IsBeside) { _events.Tell(new ItemAdded(_items.Add(item), item.Item)); }
    }

    private void Finish(StoredItem item, int index, ConversationItem whole)
    {
        item.Item = whole;
        if (!_plan.IsBeside) { _events.Tell(new ItemDone(_items.Before(item), whole)); }
        _events.Tell(new OutputItemDone(_id, index, whole));
    }

    private RealtimeResponse Outline(ResponseStatus status, StatusDetails? details) => new()
    {
        Id = _id,
        Status = status,
        StatusDetails = details,
        Output = [.. _output.Select(i => i.Item)],
        ConversationId = _plan.IsBeside ? null : _conversation,
        OutputModalities = [_plan.Modality],
        MaxOutputTokens = _plan.MaxOutputTokens,
        Audio = new ResponseAudio(new ResponseAudioOutput(_plan.Format, _plan.Voice)),
        Usage = _usage is null ? null : ResponseUsage.From(_usage),
        Metadata = _plan.Metadata,
    };
}
