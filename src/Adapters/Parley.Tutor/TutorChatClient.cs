using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Parley.Diagnostics;
using Parley.Replies;
using Parley.Tutor.Dialogue;
using Parley.Tutor.Scripting;

namespace Parley.Tutor;

/// <summary>
/// The offline reply engine: a scripted practice partner for learners of English. It follows scenarios, recognises the answers it offers,
/// and says so where it does not understand; it is no language model and does not claim to be one.
/// </summary>
/// <remarks>
/// Thread-safe, shared by all sessions, stateless: it finds its place in the last assistant message's <see cref="ReplyProperties.State"/>,
/// so callers must keep there what the updates carry. Scenario, level and seed come with the options (<see cref="ReplyProperties"/>);
/// the same history and seed give the same reply. The first update carries the state, the offered answers and the emotion, then come the
/// tokens. Every response is marked with <see cref="Scripted"/>.
/// </remarks>
public sealed class TutorChatClient : IChatClient, IReplyPreview
{
    /// <summary>In a response's <c>AdditionalProperties</c>, <see cref="bool"/> true: the reply comes from a script.</summary>
    public const string Scripted = "parley.scripted";

    private const string ModelId = "scripted";

    // A minute of speech; matching costs more than linear time, so what somebody pastes must not be endless.
    private const int MostCharacters = 1000;
    private readonly TutorOptions _options;
    private readonly TimeProvider _time;
    private readonly ScenarioLibrary _library;
    private readonly ChatClientMetadata _metadata = new("parley-tutor", defaultModelId: ModelId);

    /// <exception cref="VoiceException">A scenario of the options' folder is not sound; the message names file and path.</exception>
    public TutorChatClient(TutorOptions? options = null, TimeProvider? time = null)
    {
        _options = options ?? new TutorOptions();
        _time = time ?? TimeProvider.System;
        _library = new ScenarioLibrary(_options.ScenarioFolder);
    }

    /// <summary>The scenarios that a session may name.</summary>
    public ScenarioLibrary Scenarios => _library;

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var response = await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);
        // What the stream's updates carry belongs to the message, where the next turn looks for it.
        response.Messages[^1].AdditionalProperties ??= response.AdditionalProperties?.Clone();
        return response;
    }

    /// <exception cref="VoiceException">The options name a scenario that does not exist.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        cancellationToken.ThrowIfCancellationRequested();
        var turn = Reply([.. messages], options);
        var id = string.Create(CultureInfo.InvariantCulture, $"tutor-{turn.State.Scenario}-{turn.State.Turn}");
        yield return Update(id, turn.Suggestions, turn.Emotion);
        var isFirst = true;
        foreach (var token in Tokens(turn.Text))
        {
            if (!isFirst && _options.TokenDelay > TimeSpan.Zero) { await Task.Delay(_options.TokenDelay, _time, cancellationToken); }
            cancellationToken.ThrowIfCancellationRequested();
            isFirst = false;
            yield return Update(id, new TextContent(token));
        }
        var last = Update(id);
        last.FinishReason = ChatFinishReason.Stop;
        yield return last;

        ChatResponseUpdate Update(string id, params IList<AIContent> contents) => new(ChatRole.Assistant, contents)
        {
            MessageId = id,
            ResponseId = id,
            ModelId = ModelId,
            AdditionalProperties = new() { [ReplyProperties.State] = turn.State.ToString(), [Scripted] = true },
        };
    }

    public string? Preview(IReadOnlyList<ChatMessage> messages, ChatOptions? options) => Reply([.. messages], options).Text;

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this : null;
    }

    public void Dispose() { }

    private TutorTurn Reply(List<ChatMessage> messages, ChatOptions? options)
    {
        var name = Property<string>(options?.AdditionalProperties, ReplyProperties.Scenario);
        var scenario = _library.Get(string.IsNullOrWhiteSpace(name) ? ScenarioLibrary.OpenTalk : name);
        var level = LearnerLevel.Of(Property<string>(options?.AdditionalProperties, ReplyProperties.Level), _options.DefaultLevel, scenario);
        var seed = Property<long?>(options?.AdditionalProperties, ReplyProperties.Seed) ?? options?.Seed ?? 0;
        var general = scenario.Open ? [] : _library.Get(ScenarioLibrary.OpenTalk).Questions;
        var state = StateOf(messages, scenario);
        return new TutorDialogue(scenario, state, level, seed, general, state is null ? Known(options?.AdditionalProperties) : null).Next(LearnerTurnOf(messages));
    }

    private static KnownLearner Known(AdditionalPropertiesDictionary? properties)
    {
        var practise = Property<IReadOnlyList<string>>(properties, ReplyProperties.Practise) is [var first, ..] ? Sentence(first) : null;
        var told = Property<IReadOnlyList<string>>(properties, ReplyProperties.Told)?.Select(Sentence).FirstOrDefault(sentence => practise?.Contains(sentence, StringComparison.Ordinal) != true);
        return new KnownLearner(Property<string>(properties, ReplyProperties.LearnerName), told, practise);
    }

    private static string Sentence(string text) => text.TrimEnd() is [.., '.' or '!' or '?'] whole ? whole : $"{text.TrimEnd()}.";

    private static TutorState? StateOf(List<ChatMessage> messages, Scenario scenario)
    {
        var text = messages.Where(m => m.Role == ChatRole.Assistant)
            .Select(m => Property<string>(m.AdditionalProperties, ReplyProperties.State)).LastOrDefault(s => s is not null);
        var state = TutorState.Parse(text);
        // A session that changed its scenario, or a script that was edited since, begins at its opening.
        return state is not null && state.Scenario == scenario.Id && scenario.Nodes.ContainsKey(state.Node) ? state : null;
    }

    private static LearnerTurn LearnerTurnOf(List<ChatMessage> messages)
    {
        var last = messages.FindLastIndex(m => m.Role == ChatRole.Assistant);
        var said = messages.Skip(last + 1).Where(m => m.Role == ChatRole.User).ToList();
        var text = said.Count == 0 ? null : string.Join(' ', said.Select(m => m.Text)).Trim();
        return new LearnerTurn(
            text is { Length: > MostCharacters } ? text[..MostCharacters] : text,
            said.Count == 0 ? null : Property<string>(said[^1].AdditionalProperties, ReplyProperties.SuggestionId),
            last >= 0 && Property<bool>(messages[last].AdditionalProperties, ReplyProperties.Interrupted));
    }

    private static T? Property<T>(AdditionalPropertiesDictionary? properties, string key) =>
        properties is not null && properties.TryGetValue<T>(key, out var value) ? value : default;

    // A word with the space before it, as language models' tokens come.
    private static IEnumerable<string> Tokens(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf(' ', start + 1);
            if (end < 0) { end = text.Length; }
            yield return text[start..end];
            start = end;
        }
    }
}
