using System.Text;

namespace Parley.Bench.Load.Models;

/// <summary>
/// An answer of a simulated model, serialised once. Its first piece of content says for how many microseconds the model held the answer back, in eight
/// digits which are written anew for each answer: what is left of the time that a client waits is the way there and back. An opener says no time.
/// </summary>
internal sealed class ModelScript
{
    public const int HeldDigits = 8;

    private const string Held = "00000000", Opener = "Sure,";

    private const string Envelope = """{"id":"chatcmpl-simulated","object":"chat.completion.chunk","created":1763600000,"model":"simulated","choices":[""";

    private static readonly string[] s_words = [" bread", " with", " butter", " and", " some", " porridge", ",", " most", " of", " them"];

    /// <param name="tokens">Pieces of content, the first of them the time.</param>
    /// <param name="opens">Whether they are an opener.</param>
    /// <param name="isStreamed">Server-sent events, one a piece, or one JSON object.</param>
    /// <param name="withUsage">Whether a stream ends with the counts of tokens.</param>
    public ModelScript(int tokens, bool opens, bool isStreamed, bool withUsage)
    {
        var opening = opens ? Opener : Held;
        var first = isStreamed ? StreamHead(opening) : Whole(opening, tokens);
        First = Encoding.ASCII.GetBytes(first);
        HeldAt = opens ? null : first.IndexOf(Held, StringComparison.Ordinal);
        Rest = isStreamed ? [.. Enumerable.Range(1, tokens - 1).Select(Token), Last(tokens, withUsage)] : [];
    }

    /// <summary>The head, and what follows it up to the first token, which goes out in one write.</summary>
    public ReadOnlyMemory<byte> First { get; }

    /// <summary>Where in it the eight digits are; null where there are none.</summary>
    public int? HeldAt { get; }

    /// <summary>What follows, a write each: the other tokens, and then the end.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Rest { get; }

    private static string StreamHead(string opening) =>
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\nTransfer-Encoding: chunked\r\n\r\n"
        + Chunk(Delta("""{"role":"assistant","content":""}""") + Delta($$"""{"content":"{{opening}}"}"""));

    private static ReadOnlyMemory<byte> Token(int index) =>
        Encoding.ASCII.GetBytes(Chunk(Delta($$"""{"content":"{{s_words[index % s_words.Length]}}"}""")));

    private static ReadOnlyMemory<byte> Last(int tokens, bool withUsage)
    {
        var events = Event($$"""{{Envelope}}{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}]}""");
        if (withUsage) { events += Event($$"""{{Envelope}}],"usage":{{Usage(tokens)}}}"""); }
        return Encoding.ASCII.GetBytes(Chunk(events + Event("[DONE]")) + "0\r\n\r\n");
    }

    private static string Whole(string opening, int tokens)
    {
        var text = opening + string.Concat(Enumerable.Range(1, tokens - 1).Select(i => s_words[i % s_words.Length]));
        var body = $$"""{"id":"chatcmpl-simulated","object":"chat.completion","created":1763600000,"model":"simulated","choices":[{"index":0,"message":{"role":"assistant","content":"{{text}}","refusal":null},"logprobs":null,"finish_reason":"stop"}],"usage":{{Usage(tokens)}}}""";
        return $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}";
    }

    private static string Delta(string delta) => Event($$"""{{Envelope}}{"index":0,"delta":{{delta}},"logprobs":null,"finish_reason":null}]}""");

    private static string Usage(int tokens) => $$"""{"prompt_tokens":24,"completion_tokens":{{tokens}},"total_tokens":{{24 + tokens}}}""";

    private static string Event(string data) => $"data: {data}\n\n";

    private static string Chunk(string data) => $"{data.Length:x}\r\n{data}\r\n";
}
