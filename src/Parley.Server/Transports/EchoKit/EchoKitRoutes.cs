using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Parley.Diagnostics;
using Parley.Server.Api;
using Parley.Server.Api.Documentation;
using Parley.Server.Configuration;

namespace Parley.Server.Transports.EchoKit;

/// <summary>What devices with the EchoKit firmware call, at the addresses of the original server.</summary>
internal static class EchoKitRoutes
{
    public static void MapEchoKit(this IEndpointRouteBuilder routes)
    {
        if (!routes.ServiceProvider.GetRequiredService<EchoKitOptions>().Enabled) { return; }
        routes.MapWebSocket("/ws/{id}", (HttpContext context, string id, EchoKitEndpoint talk, RecorderEndpoint recorder) =>
            context.Asks("record") ? recorder.RecordAsync(context, id) : talk.ConverseAsync(context, id));
        routes.MapWebSocket("/v2/stable_ws/{id}", (HttpContext context, string id, EchoKitEndpoint talk) => talk.ConverseAsync(context, id));
        routes.MapWebSocket("/v1/record/{id}", (HttpContext context, string id, RecorderEndpoint recorder) => recorder.RecordAsync(context, id))
            .Describe("Devices", "Keeps what an EchoKit device records.");
        routes.MapGet("/version", () => Results.Json(new ServerVersion(ParleyVersion.Current), VersionJson.Default.ServerVersion));
    }

    /// <summary>Whether the address has <c>name=true</c>.</summary>
    public static bool Asks(this HttpContext context, string name) =>
        context.Request.Query[name] is [{ } value] && (value == "1" || value.Equals("true", StringComparison.OrdinalIgnoreCase));
}

internal sealed record ServerVersion(string Version);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ServerVersion))]
internal sealed partial class VersionJson : JsonSerializerContext;
