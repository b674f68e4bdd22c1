using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Parley.Diagnostics;
using Parley.OpenAICompatible.Http;
using Parley.Resilience;
using Parley.Tts;

namespace Parley.OpenAICompatible.Tts;

/// <summary>A synthesiser behind <c>POST /v1/audio/speech</c>; the audio goes on as it arrives.</summary>
/// <remarks>
/// Thread-safe, shared by all sessions. It never retries: a <see cref="VoiceException"/> says whether the same call may succeed. Phones, visemes and
/// words are estimates: such servers tell no times.
/// </remarks>
public sealed class SpeechSynthesizer : ISpeechSynthesizer, IEngineProbe, IDisposable
{
    private const string UsualVoice = "alloy";

    private readonly SpeechEngineOptions _options;
    private readonly UpstreamLease _lease;
    private readonly TimeProvider _time;
    private readonly ModelWarmth? _warmth;
    private readonly ConcurrentDictionary<string, SpeakingPace> _paces = new(StringComparer.Ordinal);

    /// <param name="name">The engine's name.</param>
    /// <param name="options">Model, voices and limits.</param>
    /// <param name="upstream">The server; the synthesiser lets go of it when it is disposed.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public SpeechSynthesizer(string name, SpeechEngineOptions options, UpstreamLease upstream, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(upstream);
        (Name, _options, _lease, _time) = (name, options, upstream, time ?? TimeProvider.System);
        Voices = options.Voices.Count > 0 ? [.. options.Voices] : [UsualVoice];
        _warmth = ModelWarmth.Keep(upstream.Upstream, options.WarmUpInterval, options.Attributes.Local, LoadAsync, _time);
    }

    public string Name { get; }

    public IReadOnlyList<string> Voices { get; }

    public bool Supports(string language) => _options.Attributes.Serves(language);

    public async IAsyncEnumerable<SpeechChunk> SynthesizeAsync(
        SpeechRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Check(this, _options.MaxCharacters);
        var text = TextWords.Speakable(request.Text);
        if (TextWords.Find(text).Count == 0) { yield break; }
        var voice = Voices.FirstOrDefault(v => v.Equals(request.Voice, StringComparison.OrdinalIgnoreCase)) ?? Voices[0];
        var speed = _options.SendSpeed ? request.Speed : 1;

        using var guard = new StallGuard(VoiceStage.Tts, "audio", _options.FirstAudioTimeout, _time, cancellationToken);
        using var message = Request(text, voice, speed);
        using var response = await SendAsync(message, guard);
        await using var audio = await SpeechBody.OpenAsync(response, _options, guard);
        SpeechEstimate? estimate = null;
        while (await audio.ReadAsync() is { } samples)
        {
            guard.Expect(_options.IdleTimeout);
            estimate ??= new SpeechEstimate(request.Text, audio.SampleRate, speed, _paces.GetOrAdd(voice, _ => new SpeakingPace()));
            if (estimate.Push(samples) is { } chunk) { yield return chunk; }
        }
        yield return estimate?.Complete() ?? throw UpstreamErrors.EndedEarly(VoiceStage.Tts);
        _warmth?.Used();
    }

    ValueTask IEngineProbe.ProbeAsync(CancellationToken cancellationToken) => UpstreamProbe.AskAsync(VoiceStage.Tts, _lease.Upstream, _time, cancellationToken);

    public void Dispose()
    {
        if (_warmth is not null) { _lease.Upstream.Warmth.Remove(_warmth); }
        _lease.Dispose();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, StallGuard guard)
    {
        var response = await guard.RunAsync(ct => new ValueTask<HttpResponseMessage>(_lease.Upstream.SendAsync(message, ct)));
        if (response.IsSuccessStatusCode) { return response; }
        using (response) { throw UpstreamErrors.FromStatus(VoiceStage.Tts, response, await SpeechBody.ReadErrorAsync(response, guard), _time); }
    }

    private HttpRequestMessage Request(string text, string voice, double speed)
    {
        var body = new JsonObject { ["model"] = _options.Model, ["input"] = text, ["voice"] = voice, ["response_format"] = _options.Format };
        if (speed != 1) { body["speed"] = speed; }
        if (_options.Instructions is { } instructions) { body["instructions"] = instructions; }
        if (_options.Events) { body["stream_format"] = "sse"; }
        foreach (var (name, value) in _options.Fields) { body[name] = ValueOf(value); }
        var request = _lease.Upstream.Request(HttpMethod.Post, _options.Path);
        request.Content = new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/json"));
        if (IdempotencyKey.Current is { } key) { request.Headers.TryAddWithoutValidation(IdempotencyKey.Header, key); }
        return request;
    }

    private static JsonNode? ValueOf(string value) =>
        bool.TryParse(value, out var flag) ? flag
        : double.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? (number == (long)number ? (long)number : number)
        : value;

    /// <summary>One word, so that the model is in memory.</summary>
    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        using var guard = new StallGuard(VoiceStage.Tts, "audio", ModelWarmth.LoadTimeout, _time, cancellationToken);
        using var message = Request("Hello.", Voices[0], 1);
        using var response = await SendAsync(message, guard);
        await using var audio = await SpeechBody.OpenAsync(response, _options, guard);
        while (await audio.ReadAsync() is not null) { }
    }
}
