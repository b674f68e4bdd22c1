using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;

namespace Parley.Samples.ChatClient;

/// <summary>Asks a server and takes the time: a streamed chat completion needs no more than an HTTP client.</summary>
internal sealed class StreamedChat(Uri server, string model, string key) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = server, Timeout = TimeSpan.FromMinutes(2) };

    /// <exception cref="HttpRequestException">The server cannot be reached.</exception>
    /// <exception cref="InvalidOperationException">It refused, or failed midway; the message is its own.</exception>
    /// <exception cref="IOException">The answer broke off.</exception>
    public async Task<TimedAnswer> AskAsync(string question, bool quickReply)
    {
        var clock = Stopwatch.StartNew();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = JsonContent.Create(new { model, stream = true, disable_quick_response = !quickReply, messages = new[] { new { role = "user", content = question } } }),
        };
        if (key.Length > 0) { request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key); }
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (!response.IsSuccessStatusCode) { throw new InvalidOperationException($"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}"); }

        var (text, first, isDone) = (new StringBuilder(), (TimeSpan?)null, false);
        await using var body = await response.Content.ReadAsStreamAsync();
        await foreach (var item in SseParser.Create(body).EnumerateAsync())
        {
            if (isDone = item.Data == "[DONE]") { break; }
            using var json = JsonDocument.Parse(item.Data);
            var chunk = json.RootElement;
            if (chunk.TryGetProperty("error", out var error)) { throw new InvalidOperationException(error.GetRawText()); }
            foreach (var choice in chunk.GetProperty("choices").EnumerateArray())
            {
                if (!choice.GetProperty("delta").TryGetProperty("content", out var content) || content.GetString() is not { Length: > 0 } piece) { continue; }
                first ??= clock.Elapsed;
                text.Append(piece);
            }
        }
        if (!isDone) { throw new IOException("The answer broke off."); }
        return new TimedAnswer(text.ToString(), first ?? clock.Elapsed, clock.Elapsed);
    }

    public void Dispose() => _http.Dispose();
}
