using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Parley.Replies.Wire;

namespace Parley.Server.Api.Chat;

/// <summary>An answer as server-sent events. It begins with the first piece that tells something, so that a failure before it is a status code.</summary>
/// <remarks>Not thread-safe: one per answer. A piece that came in the client's form is copied once, into the response.</remarks>
internal sealed class StreamedAnswer(HttpResponse response, ChunkEncoder encoder)
{
    private readonly PipeWriter _output = response.BodyWriter;

    // Made while the model thinks, not when its answer has come.
    private readonly ReadOnlyMemory<byte> _role = encoder.RoleEvent();
    private UsageDetails? _usage;
    private bool _hasFinished, _hasUsage;

    /// <summary>Whether the response is under way.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Whether something is written that was not sent yet.</summary>
    public bool HasUnsent { get; private set; }

    public void Write(ChatResponseUpdate update)
    {
        if (update.RawRepresentation is WireChunk chunk)
        {
            Relay(chunk, update.FinishReason is not null);
            return;
        }
        if (ChunkEncoder.Tells(update)) { Frame(update, static (encoder, output, update) => encoder.WriteDelta(output, update)); }
        foreach (var content in update.Contents)
        {
            if (content is UsageContent usage) { _usage = usage.Details; }
        }
        if (update.FinishReason is { } reason) { Finish(reason); }
    }

    /// <summary>The answer is complete.</summary>
    public void End()
    {
        if (!_hasFinished) { Finish(ChatFinishReason.Stop); }
        if (encoder.IncludesUsage && !_hasUsage) { Frame(_usage, static (encoder, output, usage) => encoder.WriteUsage(output, usage)); }
        _output.Write("data: [DONE]\n\n"u8);
        HasUnsent = true;
    }

    /// <summary>The answer breaks off.</summary>
    public void Fail(ApiError error)
    {
        _output.Write("data: "u8);
        _output.Write(error.ToJson());
        _output.Write("\n\n"u8);
        HasUnsent = true;
    }

    public ValueTask<FlushResult> FlushAsync()
    {
        HasUnsent = false;
        return _output.FlushAsync();
    }

    private void Relay(WireChunk chunk, bool finishes)
    {
        if (chunk.IsUsage && !encoder.IncludesUsage) { return; }
        // A second end would be one too many, as after a fallback's.
        if (finishes && _hasFinished) { return; }
        Begin();
        encoder.Splice(_output, chunk);
        (_hasFinished, _hasUsage, HasUnsent) = (_hasFinished || finishes, _hasUsage || chunk.IsUsage, true);
    }

    private void Finish(ChatFinishReason reason)
    {
        if (_hasFinished) { return; }
        _hasFinished = true;
        Frame(reason, static (encoder, output, reason) => encoder.WriteFinish(output, reason));
    }

    private void Begin()
    {
        if (HasBegun) { return; }
        HasBegun = true;
        EventStream.SetHeaders(response);
        _output.Write(_role.Span);
        HasUnsent = true;
    }

    private void Frame<T>(T value, Action<ChunkEncoder, IBufferWriter<byte>, T> write)
    {
        Begin();
        _output.Write("data: "u8);
        write(encoder, _output, value);
        _output.Write("\n\n"u8);
        HasUnsent = true;
    }
}
