using System.Text.Json.Nodes;

namespace Parley.Transports.Realtime.Beta;

/// <summary>The session before the API was released: flat, where settings of audio stand in branches now.</summary>
internal static class BetaSession
{
    private const string Speech = "audio", Writing = "text";

    /// <summary>Where each flat field stands now.</summary>
    private static readonly (string Then, string[] Now)[] s_fields =
    [
        ("voice", ["audio", "output", "voice"]),
        ("speed", ["audio", "output", "speed"]),
        ("output_audio_format", ["audio", "output", "format"]),
        ("input_audio_format", ["audio", "input", "format"]),
        ("input_audio_transcription", ["audio", "input", "transcription"]),
        ("input_audio_noise_reduction", ["audio", "input", "noise_reduction"]),
        ("turn_detection", ["audio", "input", "turn_detection"]),
        ("max_response_output_tokens", ["max_output_tokens"]),
        ("modalities", ["output_modalities"]),
    ];

    private static readonly (string Then, string Now)[] s_formats = [("pcm16", "audio/pcm"), ("g711_ulaw", "audio/pcmu"), ("g711_alaw", "audio/pcma")];

    /// <summary>A session, or the part of one that is told.</summary>
    public static JsonObject ToBeta(JsonObject session)
    {
        var flat = new JsonObject();
        foreach (var (name, value) in session)
        {
            if (name is not ("audio" or "type" or "output_modalities" or "max_output_tokens")) { flat[name] = value?.DeepClone(); }
        }
        foreach (var (then, now) in s_fields)
        {
            var branch = now[..^1].Aggregate((JsonNode?)session, (node, name) => node?[name]) as JsonObject;
            if (branch?.TryGetPropertyValue(now[^1], out var value) == true) { flat[then] = Old(then, value); }
        }
        return flat;
    }

    /// <summary>A change of a session, or how a response is to be.</summary>
    public static JsonObject FromBeta(JsonObject flat)
    {
        var session = new JsonObject();
        foreach (var (name, value) in flat)
        {
            var now = s_fields.FirstOrDefault(f => f.Then == name).Now ?? [name];
            Put(session, now, New(name, value));
        }
        return session;
    }

    /// <summary>Renames what a response says of how it was made.</summary>
    public static void FlattenResponse(JsonObject response)
    {
        response["modalities"] = Old("modalities", response["output_modalities"]);
        response["voice"] = response["audio"]?["output"]?["voice"]?.DeepClone();
        response["output_audio_format"] = Old("output_audio_format", response["audio"]?["output"]?["format"]);
        response.Remove("output_modalities");
        response.Remove("audio");
    }

    private static JsonNode? Old(string name, JsonNode? value) => name switch
    {
        "modalities" => Has(value, Speech) ? new JsonArray(Writing, Speech) : new JsonArray(Writing),
        "input_audio_format" or "output_audio_format" => s_formats.FirstOrDefault(f => f.Now == Text(value?["type"])).Then,
        _ => value?.DeepClone(),
    };

    private static JsonNode? New(string name, JsonNode? value) => name switch
    {
        "modalities" => new JsonArray(Has(value, Speech) ? Speech : Writing),
        "input_audio_format" or "output_audio_format" => new JsonObject { ["type"] = s_formats.FirstOrDefault(f => f.Then == Text(value)).Now ?? Text(value) },
        _ => value?.DeepClone(),
    };

    private static bool Has(JsonNode? list, string name) => list is JsonArray values && values.Any(v => Text(v) == name);

    private static string? Text(JsonNode? value) => value is JsonValue text && text.TryGetValue<string>(out var found) ? found : null;

    private static void Put(JsonObject target, string[] path, JsonNode? value)
    {
        foreach (var name in path[..^1])
        {
            if (target[name] is not JsonObject inner) { target[name] = inner = []; }
            target = inner;
        }
        target[path[^1]] = value;
    }
}
