using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Parley.Diagnostics;
using Parley.OpenAICompatible.Http;

namespace Parley.OpenAICompatible.Chat;

/// <summary>A language model behind <c>POST /v1/chat/completions</c>, always streamed.</summary>
/// <remarks>
/// Thread-safe, shared by all sessions. It never retries: a <see cref="VoiceException"/> says whether the same call may succeed, and its
/// <see cref="Exception.Data"/> holds "parley.retry_after" (<see cref="TimeSpan"/>) where the server named a wait and "parley.http_status"
/// (<see cref="int"/>) where it refused. Neither text nor keys are logged or put into messages.
/// </remarks>
public sealed class OpenAIChatClient : IChatClient
{
    private readonly OpenAIChatOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly Uri _endpoint;
    private readonly ChatClientMetadata _metadata;

    /// <exception cref="VoiceException">No base address is set.</exception>
    public OpenAIChatClient(OpenAIChatOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var baseUrl = options.BaseUrl is { IsAbsoluteUri: true } url ? url
            : throw new VoiceException(VoiceStage.Reply, "The language model's base address (BaseUrl) is not set.");
        _options = options;
        _time = time ?? TimeProvider.System;
        _endpoint = new Uri($"{baseUrl.AbsoluteUri.TrimEnd('/')}/chat/completions");
        _http = UpstreamHttp.Create(
            options.ApiKey ?? Environment.GetEnvironmentVariable(options.ApiKeyEnvironmentVariable), options.Headers, options.MaxConnections);
        _metadata = new ChatClientMetadata("openai", baseUrl, options.Model);
    }

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <exception cref="VoiceException">The server refused, failed, stalled or broke off; also after some text has come.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        using var guard = new StallGuard(VoiceStage.Reply, "token", _options.FirstTokenTimeout, _time, cancellationToken);
        using var request = Request(ChatRequestMapper.Map(messages, options, _options));
        using var response = await guard.RunAsync(
            ct => new ValueTask<HttpResponseMessage>(_http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct)));
        if (!response.IsSuccessStatusCode)
        {
            var error = await ChatStreamReader.ReadErrorAsync(response.Content, _options.MaxResponseBytes, guard);
            throw UpstreamErrors.FromStatus(VoiceStage.Reply, response, error, _time);
        }
        var tools = new ToolCallBuffer();
        await foreach (var chunk in ChatStreamReader.ReadAsync(response.Content, _options.MaxResponseBytes, guard, cancellationToken))
        {
            var update = Map(chunk, tools);
            if (update.Contents.Count > 0) { guard.Expect(_options.IdleTimeout); }
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this : null;
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(WireRequest body)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(body, WireJsonContext.Default.WireRequest);
        var request = new HttpRequestMessage(HttpMethod.Post, _endpoint) { Content = new ByteArrayContent(json) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        return request;
    }

    private static ChatResponseUpdate Map(WireResponse chunk, ToolCallBuffer tools)
    {
        var update = new ChatResponseUpdate(ChatRole.Assistant, [])
        {
            ResponseId = chunk.Id,
            MessageId = chunk.Id,
            ModelId = chunk.Model,
        };
        if (chunk.Choices is [var choice, ..])
        {
            var delta = choice.Delta ?? choice.Message;
            if ((delta?.Content ?? delta?.Refusal) is { Length: > 0 } text) { update.Contents.Add(new TextContent(text)); }
            tools.Add(delta?.ToolCalls);
            if (choice.FinishReason is { Length: > 0 } reason)
            {
                update.FinishReason = new ChatFinishReason(reason);
                foreach (var call in tools.Take()) { update.Contents.Add(call); }
            }
        }
        if (chunk.Usage is { } usage) { update.Contents.Add(new UsageContent(Map(usage))); }
        return update;
    }

    private static UsageDetails Map(WireUsage usage) => new()
    {
        InputTokenCount = usage.PromptTokens,
        OutputTokenCount = usage.CompletionTokens,
        TotalTokenCount = usage.TotalTokens,
        CachedInputTokenCount = usage.PromptTokensDetails?.CachedTokens,
        ReasoningTokenCount = usage.CompletionTokensDetails?.ReasoningTokens,
    };
}
