using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Parley.Diagnostics;
using Parley.Replies.QuickReplies;
using Parley.Server.Api.Models;
using Parley.Server.Configuration;
using Parley.Server.Threading;

namespace Parley.Server.Api.Chat;

/// <summary>Answers chat completions: reads the request, has the model answer, and writes that down in the client's form. It chooses no model.</summary>
/// <remarks>Thread-safe. Whoever calls it turns exceptions into error objects; once a stream has begun, it tells failures itself.</remarks>
internal sealed class ChatCompletions(
    ModelDirectory models, GatewayOptions options, QuickReplyOptions opener, GatewayMetrics metrics, TimeProvider time, ILogger<ChatCompletions> logger)
{
    /// <summary>A longer request takes milliseconds to read.</summary>
    private const int LongBody = 64 * 1024;

    /// <summary>Answers a request.</summary>
    /// <remarks>
    /// Its caller's thread may watch sockets, and goes on with whatever is quickly done: as a rule all of it, while pieces are passed on from one socket to another.
    /// </remarks>
    public async Task AnswerAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context, options.MaxBodyBytes, options.BodyTimeout, time);
        if (body.Length > LongBody)
        {
            await PoolContext.RunAsync(() => AnswerAsync(context, ChatRequestReader.Read(body)));
            return;
        }
        await AnswerAsync(context, ChatRequestReader.Read(body));
    }

    private async Task AnswerAsync(HttpContext context, ChatRequest request)
    {
        var (client, quick) = await models.SelectAsync(request.Model);
        // Who waits for the whole answer waits for the large model.
        var isQuick = quick is not null && request is { Stream: true, DisableQuickReply: false };
        if (isQuick) { client = new QuickReplyChatClient(client, quick!, opener, time); }
        using var measured = metrics.Begin(isQuick ? ReplyMode.Quick : ReplyMode.Direct);
        await using var updates =
            client.GetStreamingResponseAsync(request.Messages, request.Options, context.RequestAborted).GetAsyncEnumerator(context.RequestAborted);
        // The model is asked first; the answer's names are made while it thinks.
        var first = updates.MoveNextAsync();
        using var encoder = new ChunkEncoder(RandomId.Next("chatcmpl-", Random.Shared), request.Model, time.GetUtcNow().ToUnixTimeSeconds(), request.IncludeUsage);
        await (request.Stream ? StreamAsync(context, updates, first, encoder, measured) : CollectAsync(context, updates, first, encoder, measured));
    }

    /// <summary>Writes each piece as it comes and sends what is written when nothing more is here already.</summary>
    private async Task StreamAsync(
        HttpContext context, IAsyncEnumerator<ChatResponseUpdate> updates, ValueTask<bool> next, ChunkEncoder encoder, MeasuredAnswer measured)
    {
        var answer = new StreamedAnswer(context.Response, encoder);
        var hasAnswered = false;
        try
        {
            for (; ; next = updates.MoveNextAsync())
            {
                // Kestrel ends the flush when the client has gone; then the request's token ends the wait that follows.
                if (answer.HasUnsent && !next.IsCompleted) { await answer.FlushAsync(); }
                if (!await next) { break; }
                answer.Write(updates.Current);
                if (!answer.HasBegun || hasAnswered) { continue; }
                // The first piece does not wait for a look at what follows it.
                await answer.FlushAsync();
                measured.Answered();
                hasAnswered = true;
            }
            answer.End();
            measured.Completed();
        }
        catch (Exception e) when (answer.HasBegun && !context.RequestAborted.IsCancellationRequested)
        {
            measured.Failed();
            answer.Fail(e.ToError(logger));
        }
        await answer.FlushAsync();
    }

    private static async Task CollectAsync(
        HttpContext context, IAsyncEnumerator<ChatResponseUpdate> updates, ValueTask<bool> next, ChunkEncoder encoder, MeasuredAnswer measured)
    {
        var answer = new WholeAnswer();
        for (; await next; next = updates.MoveNextAsync()) { answer.Add(updates.Current); }
        var json = answer.ToJson(encoder);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length;
        measured.Answered();
        await context.Response.Body.WriteAsync(json, context.RequestAborted);
        measured.Completed();
    }
}
