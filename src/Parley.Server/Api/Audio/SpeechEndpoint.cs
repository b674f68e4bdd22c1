using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Parley.Audio;
using Parley.Audio.Codecs;
using Parley.Diagnostics;
using Parley.Policy;
using Parley.Server.Configuration;
using Parley.Tts;

namespace Parley.Server.Api.Audio;

/// <summary><c>POST /v1/audio/speech</c>: speaks a text and sends the audio while it is made.</summary>
internal sealed partial class SpeechEndpoint(
    EngineCatalog engines, AudioModels models, AudioCodecs codecs, AudioApiOptions options, TimeProvider time, ILogger<SpeechEndpoint> logger)
{
    // 4 096 characters, each written as \uXXXX\uXXXX, and as much again for the instructions.
    private const int MaxBodyBytes = 128 * 1024;

    public async Task<IResult> HandleAsync(HttpContext http)
    {
        SpeechCall call;
        using (var body = await JsonBody.ReadAsync(http, MaxBodyBytes, options.UploadTimeout, time)) { call = SpeechCall.From(body, codecs); }
        var language = TextLanguage.Guess(call.Input);
        var speakers = engines.SelectSynthesizers(language, models.EngineOf(VoiceStage.Tts, call.Model));
        var voice = call.Voice is { } name ? options.Voices.GetValueOrDefault(name, name) : null;

        var aborted = http.RequestAborted;
        await using var speech = new TextSpeaker(speakers, options.SpeechTimeout, time)
            .SpeakAsync(call.Input, voice, language, call.Speed, aborted).GetAsyncEnumerator(aborted);
        // Until there is audio a failure still has a status.
        if (!await speech.MoveNextAsync()) { return ApiError.BadField("input", "There is nothing to say in 'input'."); }
        try
        {
            if (call.AsEvents) { await SendEventsAsync(http.Response, call, speech, aborted); }
            else { await SendAudioAsync(http.Response, call, speech, aborted); }
        }
        catch (Exception e) when (!aborted.IsCancellationRequested && e is VoiceException or IOException)
        {
            await BreakOffAsync(http, call, e);
        }
        return Results.Empty;
    }

    private async Task SendAudioAsync(HttpResponse response, SpeechCall call, IAsyncEnumerator<SpeechChunk> speech, CancellationToken cancellationToken)
    {
        response.ContentType = AudioFormats.ContentTypeOf(call.Format);
        await EncodeAsync(call, speech, bytes => response.Body.WriteAsync(bytes, cancellationToken));
    }

    private async Task SendEventsAsync(HttpResponse response, SpeechCall call, IAsyncEnumerator<SpeechChunk> speech, CancellationToken cancellationToken)
    {
        var events = new EventStream(response);
        var duration = await EncodeAsync(
            call, speech, bytes => events.SendAsync(new SpeechDelta(Convert.ToBase64String(bytes.Span)), SpeechJson.Default.SpeechDelta, cancellationToken));
        await events.SendAsync(new SpeechDone(SpeechUsage.Of(call.Input, duration)), SpeechJson.Default.SpeechDone, cancellationToken);
    }

    /// <summary>Encodes what is spoken and hands it on as it comes.</summary>
    /// <returns>How long the audio is.</returns>
    private async Task<TimeSpan> EncodeAsync(SpeechCall call, IAsyncEnumerator<SpeechChunk> speech, Func<ReadOnlyMemory<byte>, ValueTask> send)
    {
        using var output = new ForwardBuffer();
        var rate = speech.Current.SampleRate;
        using var encoder = codecs.OpenEncoder(call.Format, rate, output);
        var duration = TimeSpan.Zero;
        do
        {
            var chunk = speech.Current;
            duration += AudioMath.DurationOf(chunk.Samples.Length, chunk.SampleRate);
            // A fallback may speak at another rate.
            encoder.Write(chunk.SampleRate == rate ? chunk.Samples.Span : Resampler.Convert(chunk.Samples.Span, chunk.SampleRate, rate));
            if (output.Length > 0) { await send(output.Take()); }
        }
        while (await speech.MoveNextAsync());
        encoder.Finish();
        if (output.Length > 0) { await send(output.Take()); }
        return duration;
    }

    /// <summary>Tells a client whose audio has begun that it ends too early, in the one way that its form has.</summary>
    private async Task BreakOffAsync(HttpContext http, SpeechCall call, Exception failure)
    {
        LogBrokenOff(logger, failure);
        var error = failure is VoiceException e ? ApiError.From(e) : new ApiError(500, "The audio could not be encoded.", ApiError.ServerError);
        if (!http.Response.HasStarted) { throw new ApiException(error); }
        if (call.AsEvents) { await new EventStream(http.Response).SendAsync(error.ToJson(), http.RequestAborted); }
        else { http.Abort(); }
    }

    [LoggerMessage(LogLevel.Warning, "Speech broke off after it had begun.")]
    private static partial void LogBrokenOff(ILogger logger, Exception failure);
}

internal sealed record SpeechDelta(string Audio)
{
    public string Type { get; } = "speech.audio.delta";
}

internal sealed record SpeechDone(SpeechUsage Usage)
{
    public string Type { get; } = "speech.audio.done";
}

/// <summary>Estimates: engines that speak count no tokens. Four characters are one, and a second of audio is twenty.</summary>
internal sealed record SpeechUsage(int InputTokens, int OutputTokens, int TotalTokens)
{
    public static SpeechUsage Of(string input, TimeSpan duration)
    {
        var (read, spoken) = ((input.Length + 3) / 4, (int)Math.Ceiling(duration.TotalSeconds * 20));
        return new SpeechUsage(read, spoken, read + spoken);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SpeechDelta))]
[JsonSerializable(typeof(SpeechDone))]
internal sealed partial class SpeechJson : JsonSerializerContext;
