using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parley.Transports.Realtime.Beta;

/// <summary>Renames events for clients from before the API was released.</summary>
internal static class BetaEvents
{
    private static readonly (string Now, string Then)[] s_prefixes =
    [
        ("response.output_audio_transcript.", "response.audio_transcript."), ("response.output_audio.", "response.audio."), ("response.output_text.", "response.text."),
    ];

    private static readonly (string Now, string Then)[] s_parts = [("output_text", "text"), ("output_audio", "audio")];

    /// <summary>An event in the words of then.</summary>
    /// <returns>Null: there was no such event.</returns>
    public static JsonObject? ToBeta(JsonObject happened)
    {
        var type = happened["type"]!.GetValue<string>();
        switch (type)
        {
            case "conversation.item.done": return null;
            case "conversation.item.added": happened["type"] = "conversation.item.created"; break;
            case "session.created" or "session.updated": happened["session"] = BetaSession.ToBeta(happened["session"]!.AsObject()); break;
            default:
                foreach (var (now, then) in s_prefixes) { if (type.StartsWith(now, StringComparison.Ordinal)) { happened["type"] = then + type[now.Length..]; } }
                break;
        }
        RenameParts(happened["item"], toBeta: true);
        if (happened["response"] is JsonObject response)
        {
            foreach (var item in response["output"]!.AsArray()) { RenameParts(item, toBeta: true); }
            BetaSession.FlattenResponse(response);
        }
        return happened;
    }

    /// <summary>A frame of a client in the words of now; what is no JSON object stays as it is.</summary>
    public static ReadOnlySpan<byte> FromBeta(ReadOnlyMemory<byte> frame)
    {
        try
        {
            if (JsonNode.Parse(frame.Span) is not JsonObject said) { return frame.Span; }
            FromBeta(said);
            return Encoding.UTF8.GetBytes(said.ToJsonString());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return frame.Span;
        }
    }

    private static void FromBeta(JsonObject said)
    {
        if (said["session"] is JsonObject session) { said["session"] = BetaSession.FromBeta(session); }
        RenameParts(said["item"], toBeta: false);
        if (said["response"] is not JsonObject response) { return; }
        if (response["input"] is JsonArray input)
        {
            foreach (var item in input) { RenameParts(item, toBeta: false); }
        }
        said["response"] = BetaSession.FromBeta(response);
    }

    private static void RenameParts(JsonNode? item, bool toBeta)
    {
        if (item is not JsonObject || item["content"] is not JsonArray content) { return; }
        foreach (var part in content.OfType<JsonObject>())
        {
            foreach (var (now, then) in s_parts)
            {
                if (part["type"] is JsonValue type && type.TryGetValue<string>(out var name) && name == (toBeta ? now : then)) { part["type"] = toBeta ? then : now; }
            }
        }
    }
}
