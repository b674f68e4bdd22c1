using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Parley.Server.Api.Audio;

/// <summary><c>/v1/audio/*</c>.</summary>
internal static class AudioRoutes
{
    public static void MapAudio(this IEndpointRouteBuilder api)
    {
        api.MapPost("/audio/speech", (HttpContext http, SpeechEndpoint speech) => speech.HandleAsync(http));
        api.MapPost("/audio/transcriptions", (HttpContext http, TranscriptionEndpoint transcription) => transcription.HandleAsync(http));
    }
}
