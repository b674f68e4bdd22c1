using System.Net.ServerSentEvents;
using System.Text.Json;
using Parley.Diagnostics;
using Parley.OpenAICompatible.Http;

namespace Parley.OpenAICompatible.Tts;

/// <summary>Audio in server-sent events: <c>speech.audio.delta</c> with base64 in <c>audio</c>, at last <c>speech.audio.done</c>.</summary>
internal sealed class SpeechEvents(Stream body, StallGuard guard) : IAsyncDisposable
{
    private readonly SseParser<byte[]> _parser = SseParser.Create(body, (_, bytes) => bytes.ToArray());
    private IAsyncEnumerator<SseItem<byte[]>>? _events;

    /// <summary>The next bytes of audio; null after the last event.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> NextAsync()
    {
        while (await guard.RunAsync(async ct => await (_events ??= _parser.EnumerateAsync(ct).GetAsyncEnumerator(ct)).MoveNextAsync()))
        {
            var data = _events!.Current.Data;
            if (data.Length == 0) { continue; }
            if (data.AsSpan().SequenceEqual("[DONE]"u8)) { return null; }
            try
            {
                using var document = JsonDocument.Parse(data);
                var root = document.RootElement;
                if (root.ValueKind != JsonValueKind.Object) { throw UpstreamErrors.Unintelligible(VoiceStage.Tts); }
                if (root.TryGetProperty("error", out var error) && error.ValueKind != JsonValueKind.Null) { throw UpstreamErrors.FromBody(VoiceStage.Tts, error); }
                if (root.TryGetProperty("audio", out var audio) && audio.ValueKind == JsonValueKind.String) { return audio.GetBytesFromBase64(); }
                if (root.TryGetProperty("type", out var type) && type.ValueEquals("speech.audio.done"u8)) { return null; }
            }
            catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException) { throw UpstreamErrors.Unintelligible(VoiceStage.Tts); }
        }
        throw UpstreamErrors.EndedEarly(VoiceStage.Tts);
    }

    public ValueTask DisposeAsync() => _events?.DisposeAsync() ?? ValueTask.CompletedTask;
}
