using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Parley.Diagnostics;
using Parley.Policy;
using Parley.Server.Api.Realtime;
using Parley.Server.Configuration;
using Parley.Transports.Realtime;

namespace Parley.Server.Transports.Realtime;

/// <summary>Reads from a handshake who calls, and what the names that it goes by mean here.</summary>
internal static class RealtimeCalls
{
    private const string DefaultModel = "gpt-realtime", DefaultTranscriber = "gpt-4o-transcribe";

    private const string BetaHeader = "OpenAI-Beta", BetaValue = "realtime=v1", BetaSubprotocol = "openai-beta.realtime-v1";

    public static RealtimeCall From(HttpContext context)
    {
        var (engines, audio) = (context.RequestServices.GetService<EngineCatalog>(), context.RequestServices.GetService<AudioApiOptions>());
        var secret = context.Features.Get<ClientSecret>()?.Session;
        var transcribes = context.Request.Query["intent"] == "transcription" || Transcribes(secret);
        var model = context.Request.Query["model"].ToString() is { Length: > 0 } asked ? asked : Model(secret, transcribes);
        return new RealtimeCall(model)
        {
            TranscribesOnly = transcribes,
            SpeaksBeta = context.WebSockets.WebSocketRequestedProtocols.Contains(BetaSubprotocol)
                || context.Request.Headers[BetaHeader].ToString().Contains(BetaValue, StringComparison.Ordinal),
            Session = secret,
            CloudAudio = context.RequestServices.GetService<RealtimeOptions>()?.CloudAudio == true,
            // Clients have names of models written into them: what names no engine means the best there is.
            ReplyEngine = engines?.NamesOf(VoiceStage.Reply).Contains(model) == true ? model : null,
            FindVoice = name => FindVoice(engines, audio?.Voices.GetValueOrDefault(name, name) ?? name),
        };
    }

    /// <summary>The call of a client that shows a secret with this session, and names nothing itself.</summary>
    public static RealtimeCall Of(JsonElement session)
    {
        var transcribes = Transcribes(session);
        return new RealtimeCall(Model(session, transcribes)) { TranscribesOnly = transcribes, Session = session };
    }

    private static bool Transcribes(JsonElement? session) => Text(session, "type") == "transcription";

    private static string Model(JsonElement? session, bool transcribes) => Text(session, "model") ?? (transcribes ? DefaultTranscriber : DefaultModel);

    private static string? Text(JsonElement? session, string name) =>
        session is { ValueKind: JsonValueKind.Object } s && s.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? FindVoice(EngineCatalog? engines, string name)
    {
        try
        {
            return engines?.SelectSynthesizers("en-US").SelectMany(e => e.Voices).FirstOrDefault(v => v.Equals(name, StringComparison.OrdinalIgnoreCase));
        }
        catch (VoiceException)
        {
            // No voice is left: the session is text only.
            return null;
        }
    }
}
