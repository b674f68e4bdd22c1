using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Parley.Asr;

namespace Parley.Replies;

/// <summary>
/// Asks "Did you say …?" before a doubtful transcript is answered, and only then lets the inner client have it. Typed text, which has no
/// <see cref="ReplyProperties.Confidence"/>, is never doubted, and the answer to a clarification is not doubted again.
/// </summary>
/// <remarks>
/// Thread-safe and stateless: what it needs lies in the assistant messages' <see cref="StateKey"/>, so callers must keep there all that
/// updates carry in their <c>AdditionalProperties</c>. The inner client never sees a clarification: it finds its own last message, and after
/// it the text as it was confirmed.
/// </remarks>
public sealed class ClarifyingChatClient(IChatClient inner, ClarifyingOptions? options = null) : DelegatingChatClient(inner)
{
    /// <summary>On an assistant message, <see cref="string"/>: this client's own state, beside the inner client's.</summary>
    public const string StateKey = "parley.clarify";

    /// <summary>The id of the suggestion that confirms.</summary>
    public const string YesId = "clarify.yes";

    /// <summary>The id of the suggestion that denies.</summary>
    public const string NoId = "clarify.no";

    private const int MostPhrases = 80;
    private const double Intensity = 0.5;
    private readonly ClarifyingOptions _options = options ?? new ClarifyingOptions();

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var response = await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);
        if (response.Messages.Count > 0) { response.Messages[^1].AdditionalProperties ??= response.AdditionalProperties?.Clone(); }
        return response;
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var history = new ClarifyHistory(messages);
        if (Question(history) is { } question)
        {
            foreach (var update in Ask(question.Text, question.State, cancellationToken)) { yield return update; }
            yield break;
        }
        await foreach (var update in base.GetStreamingResponseAsync(history.Messages, options, cancellationToken))
        {
            if (update.Contents.OfType<SuggestionsContent>().LastOrDefault() is { } offered)
            {
                var state = new ClarifyState { Offered = offered.Items, Phrases = [.. offered.Hints.Phrases.Take(MostPhrases)] };
                update.AdditionalProperties ??= [];
                update.AdditionalProperties[StateKey] = state.ToString();
            }
            yield return update;
        }
    }

    private (string Text, ClarifyState State)? Question(ClarifyHistory history)
    {
        var earlier = history.State ?? new ClarifyState();
        var repeat = earlier with { Ask = ClarifyAsk.Repeat, Text = null };
        if (history.WasDenied) { return ("Sorry about that. Please say it again.", repeat); }
        if (history.Answered != ClarifyAsk.Nothing || history.Messages is not [.., var last] || last.Role != ChatRole.User
            || ClarifyHistory.Read<double?>(last, ReplyProperties.Confidence) is not { } confidence || confidence >= _options.Threshold)
        {
            return null;
        }
        var text = last.Text.Trim();
        return text.Length == 0
            ? ("Sorry, I didn't catch that. Could you say it again?", repeat)
            : ($"Did you say: \"{text.TrimEnd('.', '?', '!')}\"?", earlier with { Ask = ClarifyAsk.Confirm, Text = text });
    }

    private static IEnumerable<ChatResponseUpdate> Ask(string text, ClarifyState state, CancellationToken cancellationToken)
    {
        IEnumerable<Suggestion> own = state.Ask == ClarifyAsk.Confirm
            ? [new Suggestion(YesId, "Yes, that's right."), new Suggestion(NoId, "No, not that.")] : [];
        IReadOnlyList<Suggestion> items = [.. own, .. state.Offered];
        IEnumerable<string> bare = state.Ask == ClarifyAsk.Confirm ? ["Yes.", "No."] : [];
        var hints = new RecognitionHints { Answers = [.. items.Select(i => i.Text), .. bare], Phrases = state.Phrases };
        yield return Update(new SuggestionsContent(items, hints), new EmotionContent("thinking", Intensity));
        for (var start = 0; start < text.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var end = text.IndexOf(' ', start + 1) is var space and > 0 ? space : text.Length;
            yield return Update(new TextContent(text[start..end]));
            start = end;
        }
        var last = Update();
        last.FinishReason = ChatFinishReason.Stop;
        yield return last;

        ChatResponseUpdate Update(params IList<AIContent> contents) => new(ChatRole.Assistant, contents)
        {
            MessageId = "clarify",
            ResponseId = "clarify",
            AdditionalProperties = new() { [StateKey] = state.ToString() },
        };
    }
}
