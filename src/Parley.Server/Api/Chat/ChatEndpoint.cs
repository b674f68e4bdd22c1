using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Parley.Server.Api.Chat;

/// <summary><c>POST /v1/chat/completions</c>.</summary>
internal static class ChatEndpoint
{
    public static void MapChat(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/chat/completions", (HttpContext context, ChatCompletions completions) => completions.AnswerAsync(context));
}
