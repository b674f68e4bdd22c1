using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Parley.Audio;

namespace Parley.Core.Tests.OpenAICompatible;

/// <summary>A speech server's part: "speaks" a tone as long as the text, in pieces of odd sizes.</summary>
internal static class SpeechServer
{
    public const int Rate = 24_000;

    public static async Task ServeAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method)) { return; }
        using var request = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var speed = request.RootElement.TryGetProperty("speed", out var s) ? s.GetDouble() : 1;
        var audio = Speak(request.RootElement.GetProperty("input").GetString()!, speed);
        var isEvents = request.RootElement.TryGetProperty("stream_format", out var form) && form.GetString() == "sse";
        context.Response.ContentType = isEvents ? "text/event-stream" : "audio/pcm";
        if (request.RootElement.GetProperty("response_format").GetString() == "wav") { audio = [.. Header(audio.Length), .. audio]; }
        for (var (at, size) = (0, 1); at < audio.Length; at += size, size = Math.Min(at * 2 + 1, 9_999))
        {
            var piece = audio.AsMemory(at, Math.Min(size, audio.Length - at));
            if (isEvents) { await context.Response.WriteAsync($"data: {{\"type\":\"speech.audio.delta\",\"audio\":\"{Convert.ToBase64String(piece.Span)}\"}}\n\n"); }
            else { await context.Response.Body.WriteAsync(piece, context.RequestAborted); }
        }
        if (isEvents) { await context.Response.WriteAsync("data: {\"type\":\"speech.audio.done\"}\n\n"); }
    }

    /// <summary>A tone of so many seconds, PCM16.</summary>
    public static byte[] Tone(double seconds) => Pcm16.ToBytes([.. Enumerable.Range(0, (int)(seconds * Rate)).Select(i => (short)(8_000 * Math.Sin(i * 0.1)))]);

    private static byte[] Speak(string text, double speed) => Tone((0.2 + 0.06 * text.Count(char.IsLetterOrDigit)) / speed);

    private static byte[] Header(int bytes)
    {
        // With a chunk of text before the data, and no length, as servers that stream leave it.
        var header = new List<byte>();
        header.AddRange("RIFF"u8);
        header.AddRange([0xff, 0xff, 0xff, 0xff]);
        header.AddRange("WAVEfmt "u8);
        header.AddRange([16, 0, 0, 0, 1, 0, 1, 0]);
        header.AddRange(BitConverter.GetBytes(Rate));
        header.AddRange(BitConverter.GetBytes(Rate * 2));
        header.AddRange([2, 0, 16, 0]);
        header.AddRange("LIST"u8);
        header.AddRange([5, 0, 0, 0]);
        header.AddRange(Encoding.ASCII.GetBytes("INFO!\0"));
        header.AddRange("data"u8);
        header.AddRange(bytes % 4 == 0 ? [0xff, 0xff, 0xff, 0xff] : BitConverter.GetBytes(bytes));
        return [.. header];
    }
}
