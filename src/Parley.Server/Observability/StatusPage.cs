using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Diagnostics;
using Parley.Policy;
using Parley.Sessions;
using Parley.Transports.Protocol;

namespace Parley.Server.Observability;

/// <summary><c>GET /</c>: what runs here and where to go on; a page for people, JSON for programs.</summary>
internal static class StatusPage
{
    private static readonly string[] s_links = ["/health", "/metrics", "/v1/models", "/v1/chat/completions", "/v1/audio/speech", "/v1/audio/transcriptions", "/v1/embeddings", "/v1/converse", "/openapi/v1.json"];

    /// <param name="routes">Where it is mapped.</param>
    /// <param name="client">What people get in its place: the web client.</param>
    public static void MapStatus(this IEndpointRouteBuilder routes, RequestDelegate? client = null) =>
        routes.MapGet("/", Task (HttpContext context, EngineCatalog engines, SessionRegistry sessions) =>
        {
            var forPeople = Accepts.Html(context.Request);
            if (forPeople && client is not null) { return client(context); }
            var status = new ServerStatus("parley", ParleyVersion.Current, sessions.Count, engines.Defaults, s_links);
            return (forPeople ? Results.Content(Html(status), "text/html; charset=utf-8") : Results.Json(status, StatusJson.Default.ServerStatus)).ExecuteAsync(context);
        });

    private static string Html(ServerStatus status)
    {
        var html = new StringBuilder("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Parley</title>")
            .Append("<style>body{font:16px/1.5 system-ui;margin:3em auto;max-width:44em}td{padding:.2em 1em .2em 0}</style>")
            .Append("<h1>Parley ").Append(Encode(status.Version)).Append("</h1><p>").Append(status.Sessions).Append(" conversations</p><table>");
        foreach (var (stage, choice) in status.Engines)
        {
            html.Append("<tr><td>").Append(Encode(stage)).Append("<td>").Append(Encode(choice.Name)).Append("<td>").Append(Encode(choice.Why));
        }
        html.Append("</table><ul>");
        foreach (var link in status.Links) { html.Append("<li><a href=\"").Append(link).Append("\">").Append(link).Append("</a>"); }
        return html.Append("</ul></html>").ToString();
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}

internal sealed record ServerStatus(string Name, string Version, int Sessions, IReadOnlyDictionary<string, EngineChoice> Engines, IReadOnlyList<string> Links);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(ServerStatus))]
internal sealed partial class StatusJson : JsonSerializerContext;
