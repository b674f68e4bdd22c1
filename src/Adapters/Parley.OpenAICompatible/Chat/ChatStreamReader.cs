using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Parley.Diagnostics;
using Parley.OpenAICompatible.Http;

namespace Parley.OpenAICompatible.Chat;

/// <summary>Reads an answer's chunks: server-sent events up to <c>[DONE]</c>, or one JSON document of a server that does not stream.</summary>
internal static class ChatStreamReader
{
    private const string Done = "[DONE]";

    /// <summary>The chunks in order, none with an error in it.</summary>
    /// <exception cref="VoiceException">The stream holds an error or nonsense, stalls, or ends before its last chunk.</exception>
    public static async IAsyncEnumerable<WireResponse> ReadAsync(
        HttpContent content, long maxBytes, StallGuard guard, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var body = new LimitedStream(await guard.RunAsync(ct => new ValueTask<Stream>(content.ReadAsStreamAsync(ct))), maxBytes);
        if (content.Headers.ContentType?.MediaType is "application/json")
        {
            yield return Check(await ReadDocumentAsync(body, guard) ?? throw UpstreamErrors.Unintelligible(VoiceStage.Reply));
            yield break;
        }
        var isFinished = false;
        // The guard's token goes to each step; the enumerator itself must not stop at another.
        var source = new GuardedEvents(body, guard);
        await using (source)
        {
            while (await source.NextAsync() is { } data)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (data == Done) { yield break; }
                if (data.Length == 0) { continue; }
                var chunk = Check(Parse(data));
                isFinished |= chunk.Choices is [{ FinishReason.Length: > 0 }, ..];
                yield return chunk;
            }
        }
        // Some servers leave [DONE] out; one that has told why it finished has said all.
        if (!isFinished) { throw UpstreamErrors.EndedEarly(VoiceStage.Reply); }
    }

    /// <summary>The error object of a refused request; null where the body holds none.</summary>
    public static async Task<JsonElement?> ReadErrorAsync(HttpContent content, long maxBytes, StallGuard guard)
    {
        try
        {
            await using var body = new LimitedStream(await guard.RunAsync(ct => new ValueTask<Stream>(content.ReadAsStreamAsync(ct))), maxBytes);
            return (await ReadDocumentAsync(body, guard))?.Error;
        }
        catch (VoiceException) { return null; }
    }

    private static ValueTask<WireResponse?> ReadDocumentAsync(Stream body, StallGuard guard) => guard.RunAsync(async ct =>
    {
        try { return await JsonSerializer.DeserializeAsync(body, WireJsonContext.Default.WireResponse, ct); }
        catch (JsonException) { throw UpstreamErrors.Unintelligible(VoiceStage.Reply); }
    });

    private static WireResponse Parse(string data)
    {
        try { return JsonSerializer.Deserialize(data, WireJsonContext.Default.WireResponse) ?? throw UpstreamErrors.Unintelligible(VoiceStage.Reply); }
        catch (JsonException) { throw UpstreamErrors.Unintelligible(VoiceStage.Reply); }
    }

    private static WireResponse Check(WireResponse chunk) => chunk switch
    {
        { HasError: true } => throw UpstreamErrors.FromBody(VoiceStage.Reply, chunk.Error!.Value),
        { Choices: null, Usage: null } => throw UpstreamErrors.Unintelligible(VoiceStage.Reply),
        _ => chunk,
    };

    /// <summary>Events read one by one under the guard's deadline.</summary>
    private sealed class GuardedEvents(Stream body, StallGuard guard) : IAsyncDisposable
    {
        private readonly SseParser<string> _parser = SseParser.Create(body, (_, bytes) => Encoding.UTF8.GetString(bytes).Trim());
        private IAsyncEnumerator<SseItem<string>>? _events;

        public ValueTask<string?> NextAsync() => guard.RunAsync(async ct =>
        {
            _events ??= _parser.EnumerateAsync(ct).GetAsyncEnumerator(ct);
            return await _events.MoveNextAsync() ? _events.Current.Data : null;
        });

        public ValueTask DisposeAsync() => _events?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
