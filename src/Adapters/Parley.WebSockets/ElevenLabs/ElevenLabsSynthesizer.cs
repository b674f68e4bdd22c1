using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.Tts;
using Parley.WebSockets.Sockets;

namespace Parley.WebSockets.ElevenLabs;

/// <summary>Speaks over ElevenLabs' WebSocket <c>stream-input</c>, which tells when each character sounds.</summary>
/// <remarks>
/// Source: ElevenLabs, "Text to speech: WebSocket". Thread-safe, shared by all sessions. A connection serves one clause; the next ones wait, connected.
/// What is said is not logged and stands in no message.
/// </remarks>
public sealed class ElevenLabsSynthesizer : ISpeechSynthesizer, IDisposable
{
    private const string UsualVoice = "21m00Tcm4TlvDq8ikWAM";

    private const double Slowest = 0.7, Fastest = 1.2;

    private const int Configured = 10;

    /// <summary>The service closes a connection without text after 20 seconds, unless it is asked to wait, for 180 at most.</summary>
    private static readonly TimeSpan s_maxIdle = TimeSpan.FromSeconds(160);

    private readonly ElevenLabsOptions _options;
    private readonly TimeProvider _time;
    private readonly KeyValuePair<string, string>[] _headers;
    private readonly ConcurrentDictionary<string, Lazy<SocketPool>> _pools = new(StringComparer.Ordinal);

    public ElevenLabsSynthesizer(string name, ElevenLabsOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        (Name, _options, _time) = (name, options, time ?? TimeProvider.System);
        Voices = options.Voices.Count > 0 ? [.. options.Voices] : [UsualVoice];
        var key = EngineKey.Read(options.ApiKey, options.ApiKeyEnvironmentVariable);
        _headers = key is null ? [] : [new("xi-api-key", key)];
        _ = PoolOf(Voices[0]);
    }

    public string Name { get; }

    public IReadOnlyList<string> Voices { get; }

    /// <summary>The registration; the probe makes no call over the network.</summary>
    public static EngineRegistration<ISpeechSynthesizer> Registration(string name, ElevenLabsOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(
            name, () => ServiceProbe.Of(VoiceStage.Tts, name, options.Model, options.Url, options.ApiKey, options.ApiKeyEnvironmentVariable),
            () => new ElevenLabsSynthesizer(name, options, time), Configured)
        {
            Attributes = options.Attributes,
        };
    }

    public bool Supports(string language) => _options.Attributes.Serves(language);

    public async IAsyncEnumerable<SpeechChunk> SynthesizeAsync(
        SpeechRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Check(this, _options.MaxCharacters);
        cancellationToken.ThrowIfCancellationRequested();
        var text = TextWords.Speakable(request.Text);
        if (TextWords.Find(text).Count == 0) { yield break; }
        var voice = Voices.FirstOrDefault(v => v.Equals(request.Voice, StringComparison.OrdinalIgnoreCase)) ?? Voices[0];
        using var socket = await PoolOf(voice).RentAsync(cancellationToken);
        await SendAsync(socket, text, request.Speed, cancellationToken);

        var aligned = new AlignedSpeech(text, _options.SampleRate);
        byte[] rest = [];
        var hasSpoken = false;
        while (true)
        {
            var message = Read((await socket.ReceiveAsync(_options.Timeout, cancellationToken)).Span);
            if (message.Error is { } error) { throw SocketErrors.Reported(VoiceStage.Tts, error); }
            if (message.Audio is { Length: > 0 } audio)
            {
                byte[] bytes = [.. rest, .. Decode(audio)];
                rest = bytes[(bytes.Length & ~1)..];
                if (bytes.Length > 1)
                {
                    yield return aligned.Take(Pcm16.ToSamples(bytes.AsSpan(0, bytes.Length & ~1)), message.Alignment);
                    hasSpoken = true;
                }
            }
            if (message.IsFinal == true) { break; }
        }
        if (!hasSpoken) { throw SocketErrors.EndedEarly(VoiceStage.Tts); }
        if (aligned.Finish() is { } tail) { yield return tail; }
    }

    public void Dispose()
    {
        foreach (var pool in _pools.Values) { pool.Value.Dispose(); }
    }

    internal SocketPool PoolOf(string voice) => _pools.GetOrAdd(voice, v => new Lazy<SocketPool>(() => new SocketPool(
        VoiceStage.Tts, Address(v), _headers, new SocketPoolLimits(v == Voices[0] ? _options.WarmConnections : 0, s_maxIdle, _options.ConnectTimeout), _time))).Value;

    // Clauses come whole, so the service need not wait for more text (auto_mode).
    private Uri Address(string voice) => new(
        $"{_options.Url.AbsoluteUri.TrimEnd('/')}/text-to-speech/{Uri.EscapeDataString(voice)}/stream-input?model_id={Uri.EscapeDataString(_options.Model)}"
        + $"&output_format=pcm_{_options.SampleRate}&sync_alignment=true&auto_mode=true&inactivity_timeout=180");

    private async Task SendAsync(ServiceSocket socket, string text, double speed, CancellationToken cancellationToken)
    {
        var voice = new JsonObject
        {
            ["stability"] = _options.Stability,
            ["similarity_boost"] = _options.Similarity,
            ["speed"] = Math.Clamp(speed, Slowest, Fastest),
        };
        await Send(new JsonObject { ["text"] = " ", ["voice_settings"] = voice });
        await Send(new JsonObject { ["text"] = $"{text} ", ["flush"] = true });
        await Send(new JsonObject { ["text"] = "" });

        Task Send(JsonObject message) => socket.SendTextAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), cancellationToken);
    }

    private static WireSpeech Read(ReadOnlySpan<byte> json)
    {
        try { return JsonSerializer.Deserialize(json, ElevenLabsJson.Default.WireSpeech) ?? throw SocketErrors.Unintelligible(VoiceStage.Tts); }
        catch (JsonException) { throw SocketErrors.Unintelligible(VoiceStage.Tts); }
    }

    private static byte[] Decode(string audio)
    {
        try { return Convert.FromBase64String(audio); }
        catch (FormatException) { throw SocketErrors.Unintelligible(VoiceStage.Tts); }
    }
}
