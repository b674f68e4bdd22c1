using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Parley.Diagnostics;
using Parley.Resilience;

namespace Parley.Testing.Simulated;

/// <summary>Answers with the next of a list of texts, word by word, at a set pace.</summary>
public sealed class SimulatedChatClient(TimeProvider time) : IChatClient
{
    private int _next, _active, _failed;

    /// <summary>The answers, one a call; the last repeats.</summary>
    public IReadOnlyList<string> Texts { get; set; } = ["Nice to hear from you. What would you like to talk about today?"];

    public TimeSpan FirstTokenLatency { get; set; } = TimeSpan.Zero;

    public TimeSpan TokenInterval { get; set; } = TimeSpan.Zero;

    /// <summary>After that many words the stream fails; null: never.</summary>
    public int? FailsAfter { get; set; }

    /// <summary>What it fails with.</summary>
    public Func<Exception> Failure { get; set; } = static () => new VoiceException(VoiceStage.Reply, "Simulated failure.", isTransient: true);

    /// <summary>That many calls fail, then none; null: all do.</summary>
    public int? Failures { get; set; }

    /// <summary>After that many words nothing comes any more; null: never.</summary>
    public int? HangsAfter { get; set; }

    /// <summary>While it hangs it does not notice that it is cancelled.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>Why it ends.</summary>
    public ChatFinishReason Finish { get; set; } = ChatFinishReason.Stop;

    /// <summary>The tokens of each call, told behind its end; null: it does not count.</summary>
    public UsageDetails? Usage { get; set; }

    /// <summary>Sent before the text.</summary>
    public IReadOnlyList<AIContent> Extras { get; set; } = [];

    /// <summary>Calls that run now.</summary>
    public int Active => Volatile.Read(ref _active);

    /// <summary>Whether it keeps what it was asked, for a test to look at; long runs do without.</summary>
    public bool RemembersCalls { get; init; } = true;

    /// <summary>The keys of the calls so far, as a server would see them.</summary>
    public List<string?> IdempotencyKeys { get; } = [];

    /// <summary>The instructions of the calls so far.</summary>
    public List<string?> Instructions { get; } = [];

    /// <summary>The options of the calls so far.</summary>
    public List<ChatOptions?> Options { get; } = [];

    /// <summary>The prompts so far.</summary>
    public List<IReadOnlyList<ChatMessage>> Prompts { get; } = [];

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (RemembersCalls) { Remember(messages, options); }
        Interlocked.Increment(ref _active);
        try
        {
            var text = Texts[Math.Min(Interlocked.Increment(ref _next) - 1, Texts.Count - 1)];
            if (FirstTokenLatency > TimeSpan.Zero) { await Task.Delay(FirstTokenLatency, time, cancellationToken); }
            if (Extras.Count > 0) { yield return new ChatResponseUpdate(ChatRole.Assistant, [.. Extras]); }
            var words = text.Split(' ');
            for (var i = 0; i < words.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (i == FailsAfter && (Failures is null || _failed++ < Failures)) { throw Failure(); }
                if (i == HangsAfter) { await Task.Delay(Timeout.InfiniteTimeSpan, time, IsDeaf ? CancellationToken.None : cancellationToken); }
                if (i > 0 && TokenInterval > TimeSpan.Zero) { await Task.Delay(TokenInterval, time, cancellationToken); }
                yield return new ChatResponseUpdate(ChatRole.Assistant, i == 0 ? words[i] : " " + words[i]);
            }
            yield return new ChatResponseUpdate(ChatRole.Assistant, (string?)null) { FinishReason = Finish };
            if (Usage is { } usage) { yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(usage)]); }
        }
        finally
        {
            Interlocked.Decrement(ref _active);
        }
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("simulated", defaultModelId: "simulated") : null;

    public void Dispose() { }

    private void Remember(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        lock (Prompts)
        {
            Prompts.Add([.. messages]);
            Instructions.Add(options?.Instructions);
            Options.Add(options);
            IdempotencyKeys.Add(IdempotencyKey.Of(options));
        }
    }
}
