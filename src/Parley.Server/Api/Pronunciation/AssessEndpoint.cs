using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Parley.Alignment;
using Parley.Audio;
using Parley.Audio.Codecs;
using Parley.Diagnostics;
using Parley.Learning.Pronunciation;
using Parley.Server.Api.Audio;
using Parley.Server.Configuration;

namespace Parley.Server.Api.Pronunciation;

/// <summary><c>POST /v1/assess</c>: judges how a known text was read aloud.</summary>
/// <remarks>The aligner is loaded by the first request that needs it. Thread-safe.</remarks>
internal sealed class AssessEndpoint(EngineRegistration<IPhoneAligner> engine, AudioCodecs codecs, AudioApiOptions options, TimeProvider time) : IDisposable
{
    // What a longer recording would be refused for by the aligner is not decoded either.
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(5);

    private readonly Lazy<IPhoneAligner> _aligner = new(engine.Create);
    private int _running;

    public async Task<IResult> HandleAsync(HttpContext http)
    {
        if (Interlocked.Increment(ref _running) > options.MaxTranscriptions)
        {
            Interlocked.Decrement(ref _running);
            return new ApiError(
                429, "Too many recordings are being judged.", ApiError.RateLimited, Code: "rate_limit_exceeded", RetryAfter: TimeSpan.FromSeconds(1));
        }
        try
        {
            var form = await UploadedForm.ReadAsync(http, options.MaxUploadBytes, options.UploadTimeout, time);
            var text = form.Text("text") ?? throw new ApiException(ApiError.MissingField("text"));
            var file = form.File ?? throw new ApiException(ApiError.MissingField("audio"));
            if (engine.Probe() is { Available: false } missing) { return new ApiError(503, missing.Detail, ApiError.ServerError, Code: "engine_missing"); }
            var assessment = await new PronunciationAssessor(_aligner.Value).AssessAsync(text, Read(file), http.RequestAborted);
            return Results.Bytes(JsonSerializer.SerializeToUtf8Bytes(assessment, AssessmentJson.Default.Assessment), "application/json");
        }
        catch (AudioFormatException e)
        {
            return ApiError.BadField("audio", e.Message);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    public void Dispose()
    {
        if (_aligner.IsValueCreated) { (_aligner.Value as IDisposable)?.Dispose(); }
    }

    private short[] Read(Stream file)
    {
        using var decoder = codecs.OpenDecoder(file);
        return [.. SpeechAudio.Read(decoder, s_longest).SelectMany(piece => piece.ToArray())];
    }
}
