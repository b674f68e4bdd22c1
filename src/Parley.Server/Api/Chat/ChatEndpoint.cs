using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Parley.Server.Api.Chat;

/// <summary><c>POST /v1/chat/completions</c>.</summary>
internal static class ChatEndpoint
{
    // Bound to its service once: looked up for each request, it would cost each a container of its own.
    public static void MapChat(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/chat/completions", routes.ServiceProvider.GetRequiredService<ChatCompletions>().AnswerAsync).ShortCircuit();
}
