using System.Runtime.CompilerServices;
using System.Text.Json;
using Parley.Diagnostics;
using Parley.OpenAICompatible.Http;

namespace Parley.OpenAICompatible.Chat;

/// <summary>Reads an answer's chunks: server-sent events up to <c>[DONE]</c>, or one JSON document of a server that does not stream.</summary>
internal static class ChatStreamReader
{
    /// <summary>The chunks in order, none with an error in it.</summary>
    /// <exception cref="VoiceException">The stream holds an error or nonsense, stalls, or ends before its last chunk.</exception>
    public static async IAsyncEnumerable<WireResponse> ReadAsync(
        HttpContent content, long maxBytes, StallGuard guard, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var body = await OpenAsync(content, guard);
        if (IsDocument(content))
        {
            yield return await ReadDocumentAsync(body, maxBytes, guard);
            yield break;
        }
        var isFinished = false;
        using var events = new EventReader(body, guard, maxBytes);
        do
        {
            while (events.TryNext(out var data))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (IsDone(data.Span))
                {
                    await events.FinishAsync();
                    yield break;
                }
                if (data.IsEmpty) { continue; }
                var chunk = Parse(data.Span);
                isFinished |= chunk.Choices is [{ FinishReason.Length: > 0 }, ..];
                yield return chunk;
            }
        }
        while (await events.FillAsync());
        // Some servers leave [DONE] out; one that has told why it finished has said all.
        if (!isFinished) { throw UpstreamErrors.EndedEarly(VoiceStage.Reply); }
    }

    /// <summary>Whether the server answers with one document although it was asked to stream.</summary>
    public static bool IsDocument(HttpContent content)
    {
        // As it came: parsing it would be a good part of what an answer's headers cost.
        if (!content.Headers.NonValidated.TryGetValues("Content-Type", out var value)) { return false; }
        var type = value.ToString().AsSpan();
        return type[..(type.IndexOf(';') is >= 0 and var end ? end : type.Length)].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase);
    }

    public static ValueTask<Stream> OpenAsync(HttpContent content, StallGuard guard) =>
        guard.RunAsync(ct => new ValueTask<Stream>(content.ReadAsStreamAsync(ct)));

    /// <summary>Whether the event ends the stream.</summary>
    public static bool IsDone(ReadOnlySpan<byte> data) => data.Trim(" \t"u8).SequenceEqual("[DONE]"u8);

    /// <summary>The answer in one piece.</summary>
    /// <exception cref="VoiceException">It is none.</exception>
    public static async ValueTask<WireResponse> ReadDocumentAsync(Stream body, long maxBytes, StallGuard guard)
    {
        await using var limited = new LimitedStream(body, maxBytes);
        return Check(await DeserializeAsync(limited, guard) ?? throw UpstreamErrors.Unintelligible(VoiceStage.Reply));
    }

    /// <summary>The error object of a refused request; null where the body holds none.</summary>
    public static async Task<JsonElement?> ReadErrorAsync(HttpContent content, long maxBytes, StallGuard guard)
    {
        try
        {
            await using var body = new LimitedStream(await guard.RunAsync(ct => new ValueTask<Stream>(content.ReadAsStreamAsync(ct))), maxBytes);
            return (await DeserializeAsync(body, guard))?.Error;
        }
        catch (VoiceException) { return null; }
    }

    private static ValueTask<WireResponse?> DeserializeAsync(Stream body, StallGuard guard) => guard.RunAsync(async ct =>
    {
        try { return await JsonSerializer.DeserializeAsync(body, WireJsonContext.Default.WireResponse, ct); }
        catch (JsonException) { throw UpstreamErrors.Unintelligible(VoiceStage.Reply); }
    });

    /// <summary>The chunk.</summary>
    /// <exception cref="VoiceException">It is none, or holds an error.</exception>
    public static WireResponse Parse(ReadOnlySpan<byte> data)
    {
        try { return Check(JsonSerializer.Deserialize(data, WireJsonContext.Default.WireResponse) ?? throw UpstreamErrors.Unintelligible(VoiceStage.Reply)); }
        catch (JsonException) { throw UpstreamErrors.Unintelligible(VoiceStage.Reply); }
    }

    private static WireResponse Check(WireResponse chunk) => chunk switch
    {
        { HasError: true } => throw UpstreamErrors.FromBody(VoiceStage.Reply, chunk.Error!.Value),
        { Choices: null, Usage: null } => throw UpstreamErrors.Unintelligible(VoiceStage.Reply),
        _ => chunk,
    };
}
