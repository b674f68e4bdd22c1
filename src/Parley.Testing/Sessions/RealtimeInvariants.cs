using System.Text.Json;

namespace Parley.Testing.Sessions;

/// <summary>What holds of every Realtime conversation that has ended, whatever was said when.</summary>
public static class RealtimeInvariants
{
    /// <summary>Responses that the user's voice ended.</summary>
    public static int Interruptions(RealtimeTalk talk) => Done(talk).Count(e => e.At("response.status").GetString() == "cancelled");

    /// <summary>Events of a response after the word that it is over.</summary>
    public static int StaleEvents(RealtimeTalk talk)
    {
        var (done, stale) = (new HashSet<string>(), 0);
        foreach (var happened in talk.Events)
        {
            if (ResponseOf(happened) is { } id && done.Contains(id)) { stale++; }
            if (TypeOf(happened) == "response.done") { done.Add(happened.At("response.id").GetString()!); }
        }
        return stale;
    }

    /// <summary>Checks all of them.</summary>
    /// <exception cref="InvalidOperationException">One does not hold; the message says which.</exception>
    public static void Check(RealtimeTalk talk)
    {
        Hold(talk.HasEnded, "the session did not end");
        Hold(StaleEvents(talk) == 0, "an event of a response followed its response.done");
        Hold(talk.Events.Select(e => e.GetProperty("event_id").GetString()).Distinct().Count() == talk.Events.Count, "an event_id was used twice");
        Hold(talk.Of("error").All(e => e.At("error.type").GetString() == "invalid_request_error"), "the server failed");
        var created = talk.Of("response.created").Select(e => e.At("response.id").GetString()).ToList();
        Hold(created.Distinct().Count() == created.Count, "a response was created twice");
        Hold(created.Order().SequenceEqual(Done(talk).Select(e => e.At("response.id").GetString()).Order()), "a response did not end just once");
        Hold(Done(talk).All(e => e.At("response.status").GetString() != "completed" || e.At("response.usage").ValueKind == JsonValueKind.Object), "a response has no usage");
        CheckRequests(talk);
        CheckOrder(talk);
        CheckSpeech(talk);
        CheckTexts(talk, "response.output_audio_transcript", "transcript");
        CheckTexts(talk, "response.output_text", "text");
    }

    /// <summary>What a client asks for becomes its own response, or is refused as such.</summary>
    private static void CheckRequests(RealtimeTalk talk)
    {
        var made = talk.Of("response.created").Where(e => e.Has("response.metadata.ask")).Select(e => e.At("response.metadata.ask").GetString());
        var refused = talk.Of("error").Where(e => e.Has("error.event_id")).Select(e => e.At("error.event_id").GetString()!).Where(id => id.StartsWith("ask_", StringComparison.Ordinal));
        var answered = made.Concat(refused.Select(id => id["ask_".Length..])).ToList();
        Hold(answered.Distinct().Count() == answered.Count, "a request was answered twice");
        Hold(answered.Count == talk.Asked, "a request was not answered");
    }

    /// <summary>Speech begins and ends in turn, each turn becomes one item unless it is dropped, and is transcribed once at most.</summary>
    private static void CheckSpeech(RealtimeTalk talk)
    {
        string? speaking = null, stopped = null;
        var (committed, added, transcribed, done) = (new HashSet<string>(), new HashSet<string>(), new HashSet<string>(), new HashSet<string>());
        foreach (var happened in talk.Events)
        {
            var item = happened.TryGetProperty("item_id", out var id) ? id.GetString()! : "";
            switch (TypeOf(happened))
            {
                case "input_audio_buffer.speech_started":
                    Hold(speaking is null, "speech began twice");
                    Hold(stopped is null, "speech became no item");
                    speaking = item;
                    break;
                case "input_audio_buffer.speech_stopped":
                    Hold(speaking == item, "speech ended that had not begun");
                    (speaking, stopped) = (null, item);
                    break;
                case "input_audio_buffer.cleared": stopped = null; break;
                case "input_audio_buffer.committed":
                    Hold(stopped is null || stopped == item, "speech became another item");
                    Hold(committed.Add(item), "a turn was committed twice");
                    stopped = null;
                    break;
                case "conversation.item.added": added.Add(happened.At("item.id").GetString()!); break;
                case "conversation.item.done": Hold(done.Add(happened.At("item.id").GetString()!), "an item was done twice"); break;
                case "conversation.item.input_audio_transcription.completed" or "conversation.item.input_audio_transcription.failed":
                    Hold(added.Contains(item), "what was not said was transcribed");
                    Hold(transcribed.Add(item), "a turn was transcribed twice");
                    break;
            }
        }
        Hold(speaking is null && stopped is null, "speech did not end, or became no item");
        Hold(done.Count == talk.Of("conversation.item.added").Count, "an item was not done");
    }

    /// <summary>A text is what was told of it piece by piece, unless the client cut it.</summary>
    private static void CheckTexts(RealtimeTalk talk, string type, string field)
    {
        var deltas = talk.Of($"{type}.delta").ToLookup(e => e.At("item_id").GetString(), e => e.At("delta").GetString());
        var cut = talk.Of("conversation.item.truncated").Select(e => e.At("item_id").GetString()).ToHashSet();
        foreach (var done in talk.Of($"{type}.done").Where(e => !cut.Contains(e.At("item_id").GetString())))
        {
            Hold(string.Concat(deltas[done.At("item_id").GetString()]) == done.At(field).GetString(), $"{type}.done is not what was told before");
        }
    }

    private static void CheckOrder(RealtimeTalk talk)
    {
        var (responses, items) = (new HashSet<string>(), new HashSet<string>());
        foreach (var happened in talk.Events)
        {
            var type = TypeOf(happened);
            if (type == "response.created") { responses.Add(happened.At("response.id").GetString()!); }
            if (ResponseOf(happened) is { } response) { Hold(responses.Contains(response), $"{type} of a response that was not created"); }
            if (type is "response.output_item.added" or "conversation.item.added") { items.Add(happened.At("item.id").GetString()!); }
            if (type.EndsWith(".delta", StringComparison.Ordinal)) { Hold(items.Contains(happened.GetProperty("item_id").GetString()!), $"{type} of an item that was not added"); }
        }
    }

    private static IReadOnlyList<JsonElement> Done(RealtimeTalk talk) => talk.Of("response.done");

    private static string TypeOf(JsonElement happened) => happened.GetProperty("type").GetString()!;

    /// <summary>The response that an event belongs to, <c>response.done</c> itself excepted; null: none.</summary>
    private static string? ResponseOf(JsonElement happened) => happened.TryGetProperty("response_id", out var id) ? id.GetString() : null;

    private static void Hold(bool condition, string otherwise)
    {
        if (!condition) { throw new InvalidOperationException(otherwise); }
    }
}
