using System.Text.Json;
using Parley.Diagnostics;
using Parley.OpenAICompatible.Http;

namespace Parley.OpenAICompatible.Tts;

/// <summary>The audio in a server's answer, read as it comes: PCM, WAV, or either in events. Not thread-safe: one per answer.</summary>
internal sealed class SpeechBody : IAsyncDisposable
{
    private const int ReadBytes = 8192, ErrorBytes = 65_536;

    private readonly Stream _body;
    private readonly StallGuard _guard;
    private readonly SpeechEvents? _events;
    private readonly PcmDecoder _decoder;
    private readonly byte[] _buffer = new byte[ReadBytes];

    private SpeechBody(Stream body, StallGuard guard, bool isEvents, int sampleRate)
    {
        (_body, _guard) = (body, guard);
        _events = isEvents ? new SpeechEvents(body, guard) : null;
        _decoder = new PcmDecoder(sampleRate);
    }

    /// <summary>Samples a second, once samples have come.</summary>
    public int SampleRate => _decoder.SampleRate;

    /// <exception cref="VoiceException">What was answered is no audio.</exception>
    public static async Task<SpeechBody> OpenAsync(HttpResponseMessage response, SpeechEngineOptions options, StallGuard guard)
    {
        var type = response.Content.Headers.ContentType?.MediaType ?? "";
        if (type is "application/json" or "application/problem+json")
        {
            throw await ReadErrorAsync(response, guard) is { } error ? UpstreamErrors.FromBody(VoiceStage.Tts, error) : UpstreamErrors.Unintelligible(VoiceStage.Tts);
        }
        var isEvents = type == "text/event-stream";
        if (type.StartsWith("text/", StringComparison.Ordinal) && !isEvents) { throw UpstreamErrors.Unintelligible(VoiceStage.Tts); }
        var body = new LimitedStream(await guard.RunAsync(ct => new ValueTask<Stream>(response.Content.ReadAsStreamAsync(ct))), options.MaxResponseBytes);
        return new SpeechBody(body, guard, isEvents, options.SampleRate);
    }

    /// <summary>The error object of an answer; null where it holds none.</summary>
    public static async Task<JsonElement?> ReadErrorAsync(HttpResponseMessage response, StallGuard guard)
    {
        try
        {
            await using var body = new LimitedStream(await guard.RunAsync(ct => new ValueTask<Stream>(response.Content.ReadAsStreamAsync(ct))), ErrorBytes);
            using var document = await guard.RunAsync(async ct => await JsonDocument.ParseAsync(body, cancellationToken: ct));
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("error", out var error) ? error.Clone() : null;
        }
        catch (Exception e) when (e is JsonException or VoiceException) { return null; }
    }

    /// <summary>The next samples; null at the end.</summary>
    /// <exception cref="VoiceException">It stalls, breaks off or is no audio.</exception>
    public async ValueTask<short[]?> ReadAsync()
    {
        while (true)
        {
            var bytes = _events is null ? await ReadPlainAsync() : await _events.NextAsync();
            if (bytes is not { } some) { return _decoder.IsComplete ? null : throw UpstreamErrors.EndedEarly(VoiceStage.Tts); }
            if (_decoder.Decode(some.Span) is { Length: > 0 } samples) { return samples; }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_events is not null) { await _events.DisposeAsync(); }
        await _body.DisposeAsync();
    }

    private async ValueTask<ReadOnlyMemory<byte>?> ReadPlainAsync()
    {
        var read = await _guard.RunAsync(ct => _body.ReadAsync(_buffer, ct));
        return read == 0 ? default(ReadOnlyMemory<byte>?) : _buffer.AsMemory(0, read);
    }
}
