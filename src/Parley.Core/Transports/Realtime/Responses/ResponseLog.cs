using Parley.Transports.Protocol;
using Parley.Transports.Realtime.Items;
using Parley.Transports.Realtime.Sessions;
using Parley.Transports.Realtime.Wire;

namespace Parley.Transports.Realtime.Responses;

/// <summary>The responses of a conversation: which is asked for, which are being made, and which reply of the session each is.</summary>
/// <remarks>A response is done when its last audio has left. Its reply lives on until that was heard, and what the user says into it interrupts it still.</remarks>
internal sealed class ResponseLog(NativeSession native, ItemStore items, EventQueue events)
{
    private readonly Dictionary<uint, OngoingResponse> _open = [];
    private readonly string _conversation = events.NewConversationId();
    private readonly Dictionary<string, ResponsePlan> _asked = [];
    private int _requests;

    /// <summary>The reply that may be heard now; null while there is none.</summary>
    public uint? LiveGeneration { get; private set; }

    /// <summary>Whether the conversation has a response that is not done.</summary>
    public bool IsActive => _asked.Values.Any(p => !p.IsBeside) || _open.Values.Any(r => !r.Plan.IsBeside);

    /// <summary>The client asks for a response.</summary>
    public void Ask(ResponsePlan plan)
    {
        var id = $"r{++_requests}";
        _asked.Add(id, plan);
        native.Ask(plan.Request with { RequestId = id });
    }

    /// <summary>The client wants no more of a response.</summary>
    /// <param name="id">Which; null: the conversation's.</param>
    /// <returns>False: there is none.</returns>
    public bool TryCancel(string? id)
    {
        if (_open.Values.FirstOrDefault(r => id is null ? !r.Plan.IsBeside : r.Id == id) is { } open)
        {
            native.Ask(new Interrupt(open.Generation));
            return true;
        }
        if (id is not null || _asked.FirstOrDefault(a => !a.Value.IsBeside) is not { Value: { } asked } request) { return false; }
        // Not begun: it is withdrawn, and ends as it would have.
        native.Ask(new Interrupt());
        _asked.Remove(request.Key);
        new OngoingResponse(asked, 0, _conversation, items, events).Cancel(StatusDetails.ClientCancelled);
        return true;
    }

    public void OnBegan(ReplyBegan began)
    {
        var isBeside = began.Beside == true;
        LiveGeneration = isBeside ? LiveGeneration ?? began.GenerationId : began.GenerationId;
        var plan = began.RequestId is { } id ? _asked.GetValueOrDefault(id) : ResponsePlan.From(native.Settings);
        // It began before the session heard that it was withdrawn; it is being cancelled.
        if (plan is null) { return; }
        if (began.RequestId is { } known) { _asked.Remove(known); }
        _open[began.GenerationId] = new OngoingResponse(plan, began.GenerationId, _conversation, items, events);
    }

    /// <summary>The session will not answer what was asked for.</summary>
    /// <returns>The client's request; null: it was withdrawn.</returns>
    public ResponsePlan? OnRefused(string requestId) => _asked.Remove(requestId, out var refused) ? refused : null;

    public void OnText(AssistantTextDelta delta) => Find(delta.GenerationId)?.Write(delta.Text);

    /// <summary>The text of a reply is complete.</summary>
    public void OnWritten(AssistantTextDone written) =>
        Find(written.GenerationId)?.Finish(written.Cut is { } cut ? StatusDetails.Incomplete(cut) : null, written.Usage);

    public void OnSegment(SegmentBegan segment) => Find(segment.GenerationId)?.Caption(segment.Text);

    public void OnCall(ToolCalled call) => Find(call.GenerationId)?.Call(call.CallId, call.Name, call.Arguments);

    public void OnAudio(AudioPacket packet) => Find(packet.GenerationId)?.Play(packet);

    public void OnStageFailed(string code, string message)
    {
        foreach (var response in _open.Values) { response.Fail(code, message); }
    }

    /// <summary>All of a reply has left.</summary>
    public void OnSent(uint generation) => Take(generation)?.Complete();

    /// <summary>A reply was heard to its end, or failed on the way.</summary>
    public void OnFinished(ReplyFinished finished)
    {
        Forget(finished.GenerationId);
        if (finished.Failed) { Find(finished.GenerationId)?.Fail("engine_failed", "A stage of the server failed."); }
        Take(finished.GenerationId)?.Complete();
        Remember(finished.GenerationId);
    }

    public void OnCancelled(GenerationCancelled cancelled)
    {
        Forget(cancelled.GenerationId);
        Take(cancelled.GenerationId)?.Cancel(cancelled.Reason switch
        {
            CancelReason.BargeIn or CancelReason.Superseded => StatusDetails.TurnDetected,
            CancelReason.Interrupt => StatusDetails.ClientCancelled,
            _ => StatusDetails.Failed("server_error", "The response hung and was given up."),
        }, cancelled.Usage);
        if (cancelled.HeardText.Length > 0) { Remember(cancelled.GenerationId); }
    }

    /// <summary>The session is over: what is open ends with it.</summary>
    public void OnSessionEnded()
    {
        LiveGeneration = null;
        foreach (var generation in _open.Keys.ToArray())
        {
            Take(generation)!.Cancel(StatusDetails.Failed("session_ended", "The session has ended."));
        }
    }

    private OngoingResponse? Find(uint generation) => _open.GetValueOrDefault(generation);

    private OngoingResponse? Take(uint generation) => _open.Remove(generation, out var response) ? response : null;

    private void Forget(uint generation) { if (LiveGeneration == generation) { LiveGeneration = null; } }

    private void Remember(uint generation) { if (items.FindNative($"g{generation}") is { } item) { item.IsRemembered = true; } }
}
