using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Api.Documentation;

namespace Parley.Server.Api.Chat;

/// <summary><c>POST /v1/chat/completions</c>.</summary>
internal static class ChatEndpoint
{
    // Bound to its service once: looked up for each request, it would cost each a container of its own.
    public static void MapChat(this IEndpointRouteBuilder routes)
    {
        RequestDelegate answer = routes.ServiceProvider.GetRequiredService<ChatCompletions>().AnswerAsync;
        // Only endpoints with a method are documented.
        routes.MapPost("/chat/completions", answer).ShortCircuit().WithMetadata(answer.Method)
            .Describe("Chat", "Answers a conversation, whole or in pieces.").Takes(typeof(ChatBody)).Gives(typeof(ChatAnswer), "application/json", "text/event-stream");
    }
}
