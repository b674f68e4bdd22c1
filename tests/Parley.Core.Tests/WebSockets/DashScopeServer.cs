using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Parley.Core.Tests.WebSockets;

/// <summary>The service's side of the protocol: it "hears" a sentence once a task has sent audio, or does what a test wants at that point.</summary>
internal sealed class DashScopeServer
{
    public const string Sentence = """{"begin_time":100,"end_time":2600,"text":"Hello there learner.","sentence_end":true,"words":[{"begin_time":100,"end_time":900,"text":"Hello","punctuation":""},{"begin_time":900,"end_time":1700,"text":"there","punctuation":""},{"begin_time":1700,"end_time":2600,"text":"learner","punctuation":"."}]}""";

    private int _tasks;
    private long _audio;

    /// <summary>Tasks that were begun.</summary>
    public int Tasks => Volatile.Read(ref _tasks);

    /// <summary>Bytes of audio that came.</summary>
    public long Audio => Interlocked.Read(ref _audio);

    /// <summary>The last <c>run-task</c>.</summary>
    public JsonElement RunTask { get; private set; }

    /// <summary>What happens instead of an answer to <c>finish-task</c>; null: the answer.</summary>
    public Func<WebSocket, string, CancellationToken, Task>? AtTheEnd { get; set; }

    /// <summary>The connections.</summary>
    public OpenLines Lines { get; } = new();

    public async Task ServeAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var line = Lines.Add(socket);
        var (buffer, task, heard) = (new byte[65_536], "", 0);
        while (socket.State == WebSocketState.Open)
        {
            var read = await socket.ReceiveAsync(buffer, context.RequestAborted);
            if (read.MessageType == WebSocketMessageType.Close) { return; }
            if (read.MessageType == WebSocketMessageType.Binary)
            {
                Interlocked.Add(ref _audio, read.Count);
                if (heard++ == 0) { await SentenceAsync(socket, task, """{"begin_time":100,"end_time":null,"text":"Hello","sentence_end":false,"words":[]}"""); }
                continue;
            }
            var message = JsonDocument.Parse(buffer.AsMemory(0, read.Count)).RootElement.Clone();
            task = message.GetProperty("header").GetProperty("task_id").GetString()!;
            if (message.GetProperty("header").GetProperty("action").GetString() == "run-task")
            {
                (RunTask, heard) = (message, 0);
                Interlocked.Increment(ref _tasks);
                await SendAsync(socket, $$$"""{"header":{"task_id":"{{{task}}}","event":"task-started","attributes":{}},"payload":{}}""");
            }
            else if (AtTheEnd is { } other) { await other(socket, task, context.RequestAborted); }
            else
            {
                if (heard > 0) { await SentenceAsync(socket, task, Sentence); }
                await SendAsync(socket, $$$"""{"header":{"task_id":"{{{task}}}","event":"task-finished","attributes":{}},"payload":{"output":{} } }""");
            }
        }
    }

    public static Task SendAsync(WebSocket socket, string json) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, true, CancellationToken.None);

    private static Task SentenceAsync(WebSocket socket, string task, string sentence) => SendAsync(
        socket, $$$"""{"header":{"task_id":"{{{task}}}","event":"result-generated","attributes":{}},"payload":{"output":{"sentence": {{{sentence}}} },"usage":null} }""");
}
