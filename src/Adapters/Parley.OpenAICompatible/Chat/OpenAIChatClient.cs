using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Parley.Diagnostics;
using Parley.OpenAICompatible.Http;
using Parley.Replies.Wire;
using Parley.Resilience;

namespace Parley.OpenAICompatible.Chat;

/// <summary>A language model behind <c>POST /v1/chat/completions</c>, always streamed.</summary>
/// <remarks>
/// Thread-safe, shared by all sessions. It never retries: a <see cref="VoiceException"/> says whether the same call may succeed, and its
/// <see cref="Exception.Data"/> holds <see cref="Resilience.FailureRules.RetryAfterKey"/> where the server named a wait and "parley.http_status"
/// (<see cref="int"/>) where it refused. Neither text nor keys are logged or put into messages.
/// </remarks>
public sealed class OpenAIChatClient : IChatClient, IEngineProbe
{
    private const string Path = "chat/completions";

    // Shared by all requests: nobody changes them.
    private static readonly MediaTypeHeaderValue s_json = new("application/json");
    private static readonly MediaTypeWithQualityHeaderValue s_events = new("text/event-stream");

    private readonly ChatEngineOptions _options;
    private readonly TimeProvider _time;
    private readonly UpstreamLease _lease;
    private readonly Uri _address;
    private readonly ChatClientMetadata _metadata;
    private readonly ModelWarmth? _warmth;

    /// <summary>A model on an upstream that other engines may share.</summary>
    /// <param name="name">The engine's name.</param>
    /// <param name="options">Model and limits.</param>
    /// <param name="upstream">The server; the client lets go of it when it is disposed.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public OpenAIChatClient(string name, ChatEngineOptions options, UpstreamLease upstream, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(upstream);
        (_options, _lease, _time) = (options, upstream, time ?? TimeProvider.System);
        _address = upstream.Upstream.Address(Path);
        _metadata = new ChatClientMetadata(name, upstream.Upstream.BaseUrl, options.Model);
        _warmth = ModelWarmth.Keep(upstream.Upstream, options.WarmUpInterval, options.Attributes.Local, LoadAsync, _time);
    }

    /// <summary>A model on a server of its own.</summary>
    /// <exception cref="VoiceException">No base address is set.</exception>
    public OpenAIChatClient(OpenAIChatOptions options, TimeProvider? time = null)
        : this(
            OpenAIChatEngine.Name, (options ?? throw new ArgumentNullException(nameof(options))).ToEngine(),
            UpstreamPool.Of(OpenAIChatEngine.Name, options.ToUpstream(), time).Lease(OpenAIChatEngine.Name), time)
    {
    }

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        // A copy of the list is decoded whatever the options hold: a response has no bytes to give on.
        await GetStreamingResponseAsync([.. messages], options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <summary>Streams the answer; to a <see cref="WireRequest"/> as <see cref="WireChunk"/>s, whose bytes are valid until the next is asked for.</summary>
    /// <exception cref="VoiceException">The server refused, failed, stalled or broke off; also after some text has come.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        using var guard = new StallGuard(VoiceStage.Reply, "token", _options.FirstTokenTimeout, _time, cancellationToken);
        var wire = WireRequest.Of(messages, options);
        using var request = Request(
            wire is null ? Serialize(ChatRequestMapper.Map(messages, options, _options))
                : WireBody.Write(wire, options!.ModelId ?? _options.Model, options.Instructions, _options.IncludeUsage).WrittenMemory,
            IdempotencyKey.Of(options));
        using var response = await SendAsync(request, guard);
        if (wire is not null)
        {
            await foreach (var update in WireRelay.ReadAsync(response.Content, _options, guard, cancellationToken)) { yield return update; }
        }
        else
        {
            var tools = new ToolCallBuffer();
            await foreach (var chunk in ChatStreamReader.ReadAsync(response.Content, _options.MaxResponseBytes, guard, cancellationToken))
            {
                if (chunk.Tells) { guard.Expect(_options.IdleTimeout); }
                yield return ChatUpdates.Map(chunk, tools);
            }
        }
        _warmth?.Used();
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this : null;
    }

    ValueTask IEngineProbe.ProbeAsync(CancellationToken cancellationToken) => UpstreamProbe.AskAsync(VoiceStage.Reply, _lease.Upstream, _time, cancellationToken);

    public void Dispose()
    {
        if (_warmth is not null) { _lease.Upstream.Warmth.Remove(_warmth); }
        _lease.Dispose();
    }

    /// <summary>The answer, whose headers have come and say that it is one.</summary>
    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, StallGuard guard)
    {
        var response = await guard.RunAsync(ct => new ValueTask<HttpResponseMessage>(_lease.Upstream.SendAsync(request, ct)));
        if (response.IsSuccessStatusCode) { return response; }
        using (response)
        {
            var error = await ChatStreamReader.ReadErrorAsync(response.Content, _options.MaxResponseBytes, guard);
            throw UpstreamErrors.FromStatus(VoiceStage.Reply, response, error, _time);
        }
    }

    private static byte[] Serialize(WireRequestBody body) => JsonSerializer.SerializeToUtf8Bytes(body, WireJsonContext.Default.WireRequestBody);

    private HttpRequestMessage Request(ReadOnlyMemory<byte> body, string? idempotencyKey)
    {
        var request = _lease.Upstream.Request(HttpMethod.Post, _address);
        request.Content = new ReadOnlyMemoryContent(body);
        request.Content.Headers.ContentType = s_json;
        request.Headers.Accept.Add(s_events);
        if (idempotencyKey is not null) { request.Headers.TryAddWithoutValidation(IdempotencyKey.Header, idempotencyKey); }
        return request;
    }

    /// <summary>One token, so that the model is in memory.</summary>
    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        using var guard = new StallGuard(VoiceStage.Reply, "token", ModelWarmth.LoadTimeout, _time, cancellationToken);
        var call = new ChatOptions { MaxOutputTokens = 1 };
        using var request = Request(Serialize(ChatRequestMapper.Map([new ChatMessage(ChatRole.User, "Hi")], call, _options)), null);
        using var response = await SendAsync(request, guard);
        await foreach (var _ in ChatStreamReader.ReadAsync(response.Content, _options.MaxResponseBytes, guard, cancellationToken)) { }
    }
}
