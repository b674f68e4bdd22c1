using System.Text.Json;
using Parley.Audio;
using Parley.Audio.Codecs;
using Parley.Tts;

namespace Parley.Server.Api.Audio;

/// <summary>A checked request for speech.</summary>
/// <param name="Model">The model's name as it was sent.</param>
/// <param name="Input">What to say.</param>
/// <param name="Voice">The voice's name as it was sent.</param>
/// <param name="Format">The form of the audio.</param>
/// <param name="Speed">Within what engines can do.</param>
/// <param name="AsEvents">Whether the audio goes out as server-sent events.</param>
internal sealed record SpeechCall(string Model, string Input, string? Voice, AudioFormat Format, double Speed, bool AsEvents)
{
    private const int MaxCharacters = 4096;

    /// <exception cref="ApiException">A field is missing or wrong.</exception>
    public static SpeechCall From(JsonBody body, AudioCodecs codecs)
    {
        var (model, input) = (body.RequiredText("model"), body.RequiredText("input"));
        if (input.Length == 0 || input.EnumerateRunes().Count() > MaxCharacters)
        {
            throw new ApiException(ApiError.BadField("input", $"'input' must have 1 to {MaxCharacters} characters."));
        }
        var speed = body.Number("speed", 0.25, 4) ?? 1;
        body.Text("instructions");
        return new SpeechCall(
            model, input, VoiceOf(body.Field("voice")), FormatOf(body, codecs),
            Math.Clamp(speed, SpeechRequests.MinSpeed, SpeechRequests.MaxSpeed), body.OneOf("stream_format", "audio", "sse") == "sse");
    }

    private static string? VoiceOf(JsonElement? voice) => voice switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } custom when custom.TryGetProperty("id", out var id) => JsonBody.TextOf(id, "voice"),
        { } name => JsonBody.TextOf(name, "voice"),
    };

    private static AudioFormat FormatOf(JsonBody body, AudioCodecs codecs)
    {
        var name = body.OneOf("response_format", ["mp3", .. AudioFormats.Names]);
        try
        {
            var format = AudioFormats.Parse(name)!.Value;
            codecs.RequireEncoder(format);
            return format;
        }
        catch (AudioFormatException e)
        {
            throw new ApiException(ApiError.BadField("response_format", e.Message));
        }
    }
}
