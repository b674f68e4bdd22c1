using Parley.Asr;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.OpenAICompatible.Http;
using Parley.Resilience;

namespace Parley.OpenAICompatible.Asr;

/// <summary>A recogniser behind <c>POST /v1/audio/transcriptions</c>: whole utterances, or windows of them while the speaker speaks.</summary>
/// <remarks>
/// Thread-safe, shared by all sessions. It never retries: a <see cref="VoiceException"/> says whether the same call may succeed.
/// What was said is not logged and stands in no message.
/// </remarks>
public sealed class TranscriptionRecognizer : ISpeechRecognizer, IEngineProbe, IDisposable
{
    private const int LongestPrompt = 800;

    private readonly TranscriptionEngineOptions _options;
    private readonly UpstreamLease _lease;
    private readonly TimeProvider _time;
    private readonly TranscriptionClient _client;
    private readonly ModelWarmth? _warmth;

    /// <param name="name">The engine's name.</param>
    /// <param name="options">Model, mode and limits.</param>
    /// <param name="upstream">The server; the recogniser lets go of it when it is disposed.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public TranscriptionRecognizer(string name, TranscriptionEngineOptions options, UpstreamLease upstream, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(upstream);
        (Name, _options, _lease, _time) = (name, options, upstream, time ?? TimeProvider.System);
        _client = new TranscriptionClient(options, upstream.Upstream, _time);
        _warmth = ModelWarmth.Keep(upstream.Upstream, options.WarmUpInterval, options.Attributes.Local, LoadAsync, _time);
    }

    public string Name { get; }

    public ValueTask<IRecognitionStream> OpenAsync(RecognitionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        _warmth?.Used();
        var context = new TranscriptionContext(LanguageOf(request), PromptOf(request));
        return ValueTask.FromResult<IRecognitionStream>(new TranscriptionStream(Name, _options, _client, context));
    }

    ValueTask IEngineProbe.ProbeAsync(CancellationToken cancellationToken) => UpstreamProbe.AskAsync(VoiceStage.Asr, _lease.Upstream, _time, cancellationToken);

    public void Dispose()
    {
        if (_warmth is not null) { _lease.Upstream.Warmth.Remove(_warmth); }
        _lease.Dispose();
    }

    private string? LanguageOf(RecognitionRequest request) =>
        (_options.Language ?? request.Language) is var language && language == "auto" ? null : language.Split('-')[0].ToLowerInvariant();

    private string? PromptOf(RecognitionRequest request)
    {
        var hints = _options.SendHints && request.Hints is { } h ? string.Join(", ", h.Phrases.Concat(h.Answers)) : "";
        var prompt = string.Join(' ', new[] { _options.Prompt, hints }.Where(p => !string.IsNullOrWhiteSpace(p)));
        return prompt.Length == 0 ? null : prompt.Length <= LongestPrompt ? prompt : prompt[..LongestPrompt];
    }

    /// <summary>Half a second of silence, so that the model is in memory.</summary>
    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        using var silence = new PooledSpeech(AudioMath.SpeechRate);
        silence.Append(new short[AudioMath.SpeechRate / 2]);
        await _client.TranscribeAsync(
            silence.Slice(0, silence.Samples), new TranscriptionContext(_options.Language is "auto" ? null : _options.Language ?? "en", null), null, ModelWarmth.LoadTimeout, cancellationToken);
    }
}

/// <summary>What the server is told beside the audio.</summary>
/// <param name="Language">ISO 639-1; null: it is to find out.</param>
/// <param name="Prompt">Text to expect; null: none.</param>
internal sealed record TranscriptionContext(string? Language, string? Prompt);
