using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Parley.Diagnostics;
using Parley.OpenAICompatible.Http;
using Parley.Replies.Wire;

namespace Parley.OpenAICompatible.Chat;

/// <summary>Gives an answer's chunks on as they came, undecoded; those that are not by the book are decoded, so that they can be put right.</summary>
internal static class WireRelay
{
    /// <summary>The chunks that tell something. All share one update and one chunk, which change when the next one is asked for.</summary>
    /// <exception cref="VoiceException">The stream holds an error or nonsense, stalls, or ends before its last chunk.</exception>
    public static async IAsyncEnumerable<ChatResponseUpdate> ReadAsync(
        HttpContent content, ChatEngineOptions options, StallGuard guard, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var body = await ChatStreamReader.OpenAsync(content, guard);
        var tools = new ToolCallBuffer();
        if (ChatStreamReader.IsDocument(content))
        {
            yield return ChatUpdates.Map(await ChatStreamReader.ReadDocumentAsync(body, options.MaxResponseBytes, guard), tools);
            yield break;
        }
        var chunk = new WireChunk();
        var update = new ChatResponseUpdate { Role = ChatRole.Assistant };
        AIContent[] something = [new WireContent(chunk)], nothing = [];
        var isFinished = false;
        using var events = new EventReader(body, guard, options.MaxResponseBytes);
        do
        {
            while (events.TryNext(out var data))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (ChatStreamReader.IsDone(data.Span))
                {
                    await events.FinishAsync();
                    yield break;
                }
                if (data.IsEmpty) { continue; }
                // A call whose pieces were taken in ends here, too.
                if (!tools.HasAny && WireChunkScanner.TryScan(data, chunk, out var tells, out var finish))
                {
                    isFinished |= finish is not null;
                    if (!tells && finish is null && !chunk.IsUsage) { continue; }
                    if (tells) { guard.Expect(options.IdleTimeout); }
                    (update.RawRepresentation, update.Contents) = (chunk, tells ? something : nothing);
                    update.FinishReason = finish;
                    yield return update;
                    continue;
                }
                var parsed = ChatStreamReader.Parse(data.Span);
                if (parsed.Tells) { guard.Expect(options.IdleTimeout); }
                var decoded = ChatUpdates.Map(parsed, tools);
                isFinished |= decoded.FinishReason is not null;
                yield return decoded;
            }
        }
        while (await events.FillAsync());
        if (!isFinished) { throw UpstreamErrors.EndedEarly(VoiceStage.Reply); }
    }
}
