using System.Text;
using Microsoft.AspNetCore.Http;

namespace Parley.Core.Tests.OpenAICompatible;

/// <summary>A transcription server's part: reads the forms that it gets and keeps what stands in them.</summary>
internal sealed class TranscriptionServer
{
    private readonly Lock _gate = new();
    private readonly List<(Dictionary<string, string> Fields, byte[] Wav)> _requests = [];

    /// <summary>The requests so far.</summary>
    public IReadOnlyList<(Dictionary<string, string> Fields, byte[] Wav)> Requests { get { lock (_gate) { return [.. _requests]; } } }

    /// <summary>Makes the answer: content type and body, from the seconds of audio.</summary>
    public Func<double, (string Type, string Body)> Answer { get; set; } = _ => ("application/json", """{"text":"hello"}""");

    public async Task ServeAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            // With a body: without one a connection is free again before the next one is made, and takes its request.
            await context.Response.WriteAsync("{}");
            return;
        }
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        using var wav = new MemoryStream();
        await form.Files["file"]!.CopyToAsync(wav, context.RequestAborted);
        lock (_gate) { _requests.Add((form.ToDictionary(f => f.Key, f => f.Value.ToString()), wav.ToArray())); }
        var (type, body) = Answer((wav.Length - 44) / 32_000.0);
        context.Response.ContentType = type;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body), context.RequestAborted);
    }
}
