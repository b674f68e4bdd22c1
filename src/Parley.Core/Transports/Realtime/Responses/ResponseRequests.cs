using Parley.Transports.Protocol;
using Parley.Transports.Realtime.Items;
using Parley.Transports.Realtime.Sessions;
using Parley.Transports.Realtime.Wire;

namespace Parley.Transports.Realtime.Responses;

/// <summary>Reads what a client asks of a single response.</summary>
internal sealed class ResponseRequests(NativeSession native, ItemStore items, RealtimeCall call)
{
    private const int MaxInput = 200, MaxText = 32_000;

    /// <returns>How the response is made; or why it is not.</returns>
    public (ResponsePlan? Plan, RealtimeError? Fault) Read(ResponseParameters asked)
    {
        if (SessionRules.Check(asked, native.Settings) is { } fault) { return (null, fault); }
        if (asked.Input is null) { return (ResponsePlan.From(native.Settings, asked, null, call.FindVoice), null); }
        if (asked.Input.Count > MaxInput) { return (null, RealtimeError.BadValue("response.input", $"'response.input' holds at most {MaxInput} items.")); }
        var input = new List<InputMessage>();
        for (var i = 0; i < asked.Input.Count; i++)
        {
            var item = asked.Input[i];
            if (item is ItemReference)
            {
                if (items.Find(item.Id) is not { } stored) { return (null, RealtimeError.NoItem($"response.input[{i}].id", item.Id ?? "")); }
                item = stored.Item;
            }
            // Calls of functions and their outputs are pairs of the conversation: a prompt written by hand has none.
            if (item is not MessageItem { Role: { } role, Text: { Length: > 0 } text }) { continue; }
            if (text.Length > MaxText) { return (null, RealtimeError.BadValue($"response.input[{i}]", $"'response.input[{i}]' is longer than {MaxText} characters.")); }
            input.Add(new InputMessage(ConversationEdits.RoleOf(role), text));
        }
        return (ResponsePlan.From(native.Settings, asked, input, call.FindVoice), null);
    }
}
