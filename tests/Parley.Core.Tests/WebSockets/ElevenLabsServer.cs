using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Parley.Audio;

namespace Parley.Core.Tests.WebSockets;

/// <summary>The service's side of the protocol: a tone of 65 ms a character, in messages of a second with the times of the characters in it.</summary>
internal sealed class ElevenLabsServer
{
    private const int Rate = 24_000, Character = 65;

    private readonly Lock _gate = new();
    private readonly List<string> _messages = [];

    /// <summary>What clients sent.</summary>
    public IReadOnlyList<string> Messages { get { lock (_gate) { return [.. _messages]; } } }

    /// <summary>The query of the last connection.</summary>
    public string Query { get; private set; } = "";

    /// <summary>What happens instead of speech; null: speech.</summary>
    public Func<WebSocket, CancellationToken, Task>? Instead { get; set; }

    /// <summary>The connections.</summary>
    public OpenLines Lines { get; } = new();

    public async Task ServeAsync(HttpContext context)
    {
        Query = context.Request.Path + context.Request.QueryString;
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var line = Lines.Add(socket);
        var (buffer, speed, text) = (new byte[262_144], 1.0, "");
        while (socket.State == WebSocketState.Open)
        {
            var count = 0;
            ValueWebSocketReceiveResult read;
            do
            {
                read = await socket.ReceiveAsync(buffer.AsMemory(count), context.RequestAborted);
                if (read.MessageType == WebSocketMessageType.Close) { return; }
                count += read.Count;
            }
            while (!read.EndOfMessage);
            lock (_gate) { _messages.Add(Encoding.UTF8.GetString(buffer, 0, count)); }
            var message = JsonDocument.Parse(buffer.AsMemory(0, count)).RootElement;
            if (message.TryGetProperty("voice_settings", out var settings)) { speed = settings.GetProperty("speed").GetDouble(); }
            var piece = message.GetProperty("text").GetString()!;
            if (piece.Length > 0)
            {
                text += piece;
                continue;
            }
            if (Instead is { } other) { await other(socket, context.RequestAborted); }
            else { await SpeakAsync(socket, text.Trim(), Character / speed); }
        }
    }

    public static Task SendAsync(WebSocket socket, string json) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, true, CancellationToken.None);

    private static async Task SpeakAsync(WebSocket socket, string text, double milliseconds)
    {
        var perMessage = (int)(1000 / milliseconds);
        for (var at = 0; at < text.Length; at += perMessage)
        {
            var chars = text.Substring(at, Math.Min(perMessage, text.Length - at)).Select(c => c.ToString()).ToArray();
            short[] audio = [.. Enumerable.Range(0, (int)(chars.Length * milliseconds * Rate / 1000)).Select(i => (short)(8_000 * Math.Sin(i * 0.1)))];
            await SendAsync(socket, JsonSerializer.Serialize(new
            {
                audio = Convert.ToBase64String(Pcm16.ToBytes(audio)),
                isFinal = (bool?)null,
                alignment = new { chars, charStartTimesMs = chars.Select((_, i) => (int)(i * milliseconds)), charDurationsMs = chars.Select(_ => (int)milliseconds) },
            }));
        }
        await SendAsync(socket, """{"audio":null,"isFinal":true,"alignment":null}""");
    }
}
