using System.Net;
using System.Text;

namespace Parley.Bench.Load.Http;

/// <summary>A request for a chat completion, serialised once and sent often.</summary>
internal static class ChatRequest
{
    /// <param name="server">To whom; it goes into <c>Host</c>.</param>
    /// <param name="path">Such as <c>/v1/chat/completions</c>.</param>
    /// <param name="body">The JSON.</param>
    /// <param name="headers">More header lines, each <c>name: value</c>.</param>
    public static ReadOnlyMemory<byte> Serialize(IPEndPoint server, string path, string body, params IEnumerable<string> headers)
    {
        var head = new StringBuilder().Append($"POST {path} HTTP/1.1\r\nHost: {server}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n");
        foreach (var line in headers) { head.Append(line).Append("\r\n"); }
        return Encoding.UTF8.GetBytes(head.Append("\r\n").Append(body).ToString());
    }

    /// <summary>A short conversation, as a voice client sends it.</summary>
    public static string Body(string model, bool isStreamed, string more = "") => $$"""
        {"model":"{{model}}","messages":[{"role":"system","content":"You are a friendly partner for spoken English."},{"role":"user","content":"What did people eat for breakfast a hundred years ago?"}],"stream":{{(isStreamed ? "true" : "false")}}{{more}}}
        """;
}
