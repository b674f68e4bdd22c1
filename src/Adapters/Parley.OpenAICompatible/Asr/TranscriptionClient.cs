using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using Parley.Diagnostics;
using Parley.OpenAICompatible.Http;
using Parley.Resilience;

namespace Parley.OpenAICompatible.Asr;

/// <summary>Sends audio and reads what was understood. Thread-safe.</summary>
internal sealed class TranscriptionClient(TranscriptionEngineOptions options, Upstream upstream, TimeProvider time)
{
    private const int MaxResponseBytes = 4 << 20;

    private const string Delta = "transcript.text.delta", Done = "transcript.text.done", EndOfStream = "[DONE]";

    /// <summary>One request.</summary>
    /// <param name="audio">PCM16 of 16 kHz; not given back to its pool before this ends.</param>
    /// <param name="context">Language and prompt.</param>
    /// <param name="heard">Told the text so far, where the server streams it; null: nobody listens.</param>
    /// <param name="timeout">From now to the whole answer.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="VoiceException">The server refused, failed, stalled, broke off or answered nonsense.</exception>
    public async Task<Transcription> TranscribeAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> audio, TranscriptionContext context, Action<string>? heard, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var guard = new StallGuard(VoiceStage.Asr, "transcript", timeout, time, cancellationToken);
        using var request = upstream.Request(HttpMethod.Post, options.Path);
        request.Content = new TranscriptionForm(Fields(context, heard is not null), audio);
        if (IdempotencyKey.Current is { } key) { request.Headers.TryAddWithoutValidation(IdempotencyKey.Header, key); }
        using var response = await guard.RunAsync(ct => new ValueTask<HttpResponseMessage>(upstream.SendAsync(request, ct)));
        await using var body = new LimitedStream(await guard.RunAsync(ct => new ValueTask<Stream>(response.Content.ReadAsStreamAsync(ct))), MaxResponseBytes);
        if (!response.IsSuccessStatusCode) { throw UpstreamErrors.FromStatus(VoiceStage.Asr, response, await ReadErrorAsync(body, guard), time); }
        return response.Content.Headers.ContentType?.MediaType switch
        {
            "text/event-stream" => await ReadEventsAsync(body, guard, heard),
            "text/plain" => Transcription.Plain(await guard.RunAsync(async ct => await new StreamReader(body, Encoding.UTF8).ReadToEndAsync(ct))),
            _ => Transcription.Of(await guard.RunAsync(ct => ReadDocumentAsync(body, ct))),
        };
    }

    private IEnumerable<KeyValuePair<string, string>> Fields(TranscriptionContext context, bool stream)
    {
        var format = options.AskedFormat;
        yield return new("model", options.Model);
        yield return new("response_format", format);
        if (context.Language is { } language) { yield return new("language", language); }
        if (context.Prompt is { } prompt) { yield return new("prompt", prompt); }
        if (format == "verbose_json" && options.WordTimes)
        {
            yield return new("timestamp_granularities[]", "word");
            yield return new("timestamp_granularities[]", "segment");
        }
        if (format == "json" && options.Model.StartsWith("gpt-", StringComparison.OrdinalIgnoreCase)) { yield return new("include[]", "logprobs"); }
        if (stream && options.Stream) { yield return new("stream", "true"); }
        foreach (var field in options.Fields) { yield return field; }
    }

    private static async ValueTask<WireTranscription> ReadDocumentAsync(Stream body, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(body, TranscriptionJson.Default.WireTranscription, cancellationToken) ?? throw UpstreamErrors.Unintelligible(VoiceStage.Asr);
        }
        catch (JsonException) { throw UpstreamErrors.Unintelligible(VoiceStage.Asr); }
    }

    private static async Task<JsonElement?> ReadErrorAsync(Stream body, StallGuard guard)
    {
        try { return (await guard.RunAsync(ct => ReadDocumentAsync(body, ct))).Error; }
        catch (VoiceException) { return null; }
    }

    /// <summary>A stream in one of three dialects: OpenAI's typed events, vLLM's chunks, and one segment's text an event.</summary>
    private static async Task<Transcription> ReadEventsAsync(Stream body, StallGuard guard, Action<string>? heard)
    {
        var text = new StringBuilder();
        var isOpen = false;
        var parser = SseParser.Create(body, (_, bytes) => Encoding.UTF8.GetString(bytes).Trim());
        IAsyncEnumerator<SseItem<string>>? events = null;
        try
        {
            while (await guard.RunAsync(async ct => await (events ??= parser.EnumerateAsync(ct).GetAsyncEnumerator(ct)).MoveNextAsync()))
            {
                var data = events!.Current.Data;
                if (data == EndOfStream) { return Transcription.Plain(text.ToString()); }
                if (data.Length == 0) { continue; }
                var wire = Parse(data);
                if (wire.HasError) { throw UpstreamErrors.FromBody(VoiceStage.Asr, wire.Error!.Value); }
                if (wire.Type == Done) { return Transcription.Of(wire with { Text = wire.Text ?? text.ToString() }); }
                isOpen = wire.Type == Delta || (wire.Choices is { } choices ? !choices.Any(c => c.FinishReason is not null) : isOpen);
                text.Append(wire.Delta ?? (wire.Choices is [var choice, ..] ? choice.Delta?.Content : null) ?? wire.Text);
                heard?.Invoke(text.ToString().Trim());
            }
        }
        finally
        {
            if (events is not null) { await events.DisposeAsync(); }
        }
        // A dialect that has a last event must have sent it; one without ends where the stream does.
        return isOpen || text.Length == 0 ? throw UpstreamErrors.EndedEarly(VoiceStage.Asr) : Transcription.Plain(text.ToString());
    }

    private static WireTranscription Parse(string data)
    {
        if (data[0] != '{') { return new WireTranscription { Text = data }; }
        try { return JsonSerializer.Deserialize(data, TranscriptionJson.Default.WireTranscription) ?? throw UpstreamErrors.Unintelligible(VoiceStage.Asr); }
        catch (JsonException) { throw UpstreamErrors.Unintelligible(VoiceStage.Asr); }
    }
}
