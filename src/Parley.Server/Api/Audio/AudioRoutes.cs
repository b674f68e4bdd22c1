using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Server.Api.Documentation;

namespace Parley.Server.Api.Audio;

/// <summary><c>/v1/audio/*</c>.</summary>
internal static class AudioRoutes
{
    public static void MapAudio(this IEndpointRouteBuilder api)
    {
        api.MapPost("/audio/speech", (HttpContext http, SpeechEndpoint speech) => speech.HandleAsync(http))
            .Describe("Audio", "Speaks a text; the audio is sent while it is made.").Takes(typeof(SpeechBody))
            .Gives(typeof(Stream), "audio/mpeg", "audio/ogg", "audio/flac", "audio/wav", "audio/pcm", "text/event-stream");
        api.MapPost("/audio/transcriptions", (HttpContext http, TranscriptionEndpoint transcription) => transcription.HandleAsync(http))
            .Describe("Audio", "Writes down what a recording says.").Takes(typeof(TranscriptionFields), "multipart/form-data").Gives(typeof(VerboseTranscriptJson), "application/json", "text/plain", "text/event-stream");
    }
}
