using System.Text.Json;
using System.Text.Json.Nodes;
using Parley.Transports.Realtime.Wire;
using Parley.Tts;

namespace Parley.Transports.Realtime.Sessions;

/// <summary>
/// Lays what a client sends over the session: what is absent stays as it is, null turns off, or back to the default where there is no off;
/// lists and values are replaced.
/// </summary>
internal static class SessionChange
{
    /// <summary>What only the server says.</summary>
    private static readonly string[] s_fixed = ["id", "object", "expires_at", "model"];

    /// <summary>The one setting that is on by default and can be off.</summary>
    private const string TurnDetection = "turn_detection";

    private static readonly JsonObject s_defaults = JsonSerializer.SerializeToNode(new RealtimeSession(), RealtimeJson.Default.RealtimeSession)!.AsObject();

    /// <summary>The session after the change.</summary>
    /// <returns>The session, complete; or why nothing changes.</returns>
    public static (RealtimeSession? Session, RealtimeError? Fault) Apply(RealtimeSession current, JsonElement change)
    {
        if (change.ValueKind != JsonValueKind.Object) { return (null, RealtimeError.BadValue("session", "session must be an object.")); }
        var merged = JsonSerializer.SerializeToNode(current, RealtimeJson.Default.RealtimeSession)!.AsObject();
        Merge(merged, JsonObject.Create(change)!, s_defaults, s_fixed);
        try
        {
            var session = merged.Deserialize(RealtimeJson.Default.RealtimeSession)!;
            return SessionRules.Check(session) is { } fault ? (null, fault) : (Complete(session), null);
        }
        catch (JsonException e)
        {
            var path = ClientEventReader.FieldPath("session", e.Path);
            return (null, RealtimeError.BadValue(path, $"'{path}' has a wrong type or value."));
        }
    }

    private static void Merge(JsonObject target, JsonObject change, JsonObject? defaults, IReadOnlyCollection<string> ignored)
    {
        foreach (var (name, value) in change)
        {
            if (ignored.Contains(name)) { continue; }
            if (value is JsonObject inner && target[name] is JsonObject outer && IsSame(outer, inner)) { Merge(outer, inner, defaults?[name] as JsonObject, []); }
            else { target[name] = (value is null && name != TurnDetection ? defaults?[name] : value)?.DeepClone(); }
        }
    }

    /// <summary>What changes its type is another thing: nothing of the old one remains.</summary>
    private static bool IsSame(JsonObject current, JsonObject change) =>
        change["type"] is not { } type || JsonNode.DeepEquals(type, current["type"]);

    private static RealtimeSession Complete(RealtimeSession session)
    {
        var (input, output) = (session.Audio.Input, session.Audio.Output);
        return session with
        {
            Object = session.Type == SessionKind.Transcription ? "realtime.transcription_session" : "realtime.session",
            Audio = new SessionAudio
            {
                Input = input with { Format = input.Format.Complete(), TurnDetection = input.TurnDetection?.Complete() },
                // No voice speaks more slowly.
                Output = output with { Format = output.Format.Complete(), Speed = Math.Max(output.Speed, SpeechRequests.MinSpeed) },
            },
        };
    }
}
