using Microsoft.Extensions.AI;
using Parley.Replies;
using Parley.Tutor;

namespace Parley.Core.Tests.Tutor;

/// <summary>Talks with a chat client as the pipeline does: all that an update carries is kept on the assistant's message.</summary>
internal sealed class TutorSession(IChatClient client, string? scenario = null, long seed = 1, string? level = null)
{
    public List<ChatMessage> History { get; } = [new(ChatRole.System, "Talk with the learner.")];

    public IReadOnlyList<Suggestion> Offered { get; private set; } = [];

    public SuggestionsContent? Suggestions { get; private set; }

    public string State => History[^1].AdditionalProperties?.GetValueOrDefault(ReplyProperties.State) as string ?? "";

    /// <summary>The scenario's node, as the state names it.</summary>
    public string Node => System.Text.Json.JsonDocument.Parse(State).RootElement.GetProperty("n").GetString()!;

    public static TutorSession Start(string? scenario = null, long seed = 1, string? level = null) => new(new TutorChatClient(), scenario, seed, level);

    public Task<string> OpenAsync() => ReplyAsync();

    public Task<string> SayAsync(string text, double? confidence = null)
    {
        var message = new ChatMessage(ChatRole.User, text);
        if (confidence is { } value) { message.AdditionalProperties = new() { [ReplyProperties.Confidence] = value }; }
        return TakeAsync(message);
    }

    public Task<string> ChooseAsync(Suggestion suggestion) => TakeAsync(
        new ChatMessage(ChatRole.User, suggestion.Text) { AdditionalProperties = new() { [ReplyProperties.SuggestionId] = suggestion.Id } });

    /// <summary>The learner broke in after that much of the last reply.</summary>
    public void InterruptAfter(int characters)
    {
        var last = History[^1];
        History[^1] = new ChatMessage(ChatRole.Assistant, last.Text[..characters])
        {
            AdditionalProperties = new(last.AdditionalProperties!) { [ReplyProperties.Interrupted] = true },
        };
    }

    private Task<string> TakeAsync(ChatMessage message)
    {
        History.Add(message);
        return ReplyAsync();
    }

    private async Task<string> ReplyAsync()
    {
        var options = new ChatOptions { AdditionalProperties = new() { [ReplyProperties.Seed] = seed } };
        if (scenario is not null) { options.AdditionalProperties[ReplyProperties.Scenario] = scenario; }
        if (level is not null) { options.AdditionalProperties[ReplyProperties.Level] = level; }
        var updates = await client.GetStreamingResponseAsync(History, options, TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
        var reply = new ChatMessage(ChatRole.Assistant, string.Concat(updates.Select(u => u.Text))) { AdditionalProperties = [] };
        foreach (var (key, value) in updates.SelectMany(u => u.AdditionalProperties ?? [])) { reply.AdditionalProperties[key] = value; }
        History.Add(reply);
        Suggestions = updates.SelectMany(u => u.Contents).OfType<SuggestionsContent>().LastOrDefault();
        Offered = Suggestions?.Items ?? [];
        return reply.Text;
    }
}
