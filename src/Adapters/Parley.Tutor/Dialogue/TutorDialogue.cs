using System.Globalization;
using Parley.Replies;
using Parley.Tutor.Matching;
using Parley.Tutor.Scripting;

namespace Parley.Tutor.Dialogue;

/// <summary>One step of a scenario: from where it stands and what the learner said to the tutor's reply. Pure; made anew for each turn.</summary>
/// <param name="scenario">The scenario.</param>
/// <param name="state">Where it stands; null before its first turn.</param>
/// <param name="level">The learner's level, within the scenario's range.</param>
/// <param name="seed">The session's seed.</param>
/// <param name="generalQuestions">Questions answered in every scenario, after its own.</param>
/// <param name="known">What is remembered of the learner; null: nothing.</param>
internal sealed class TutorDialogue(
    Scenario scenario, TutorState? state, LearnerLevel level, long seed, IReadOnlyList<SideQuestion> generalQuestions, KnownLearner? known = null)
{
    private const int MostEchoedWords = 14;
    private const double Intensity = 0.6;

    private static readonly string[] s_questionWords =
        ["what", "what's", "where", "when", "who", "why", "how", "is", "are", "do", "does", "can", "could", "which", "tell"];

    private readonly TutorState _state = state ?? new TutorState { Scenario = scenario.Id, Node = scenario.Start };

    public TutorTurn Next(LearnerTurn learner)
    {
        if (state is null && string.IsNullOrWhiteSpace(learner.Text) && learner.SuggestionId is null) { return Open(_state); }
        var text = learner.Text ?? "";
        if (Node.Closing) { return AfterClosing(text, learner.SuggestionId); }
        var match = Offer(_state).Chosen(learner.SuggestionId) ?? AnswerMatcher.Match(scenario, Node, text);
        if (match is { IsExact: true }) { return Advance(match, text, learner.HasInterrupted); }
        return HandleIntent(IntentReader.Read(text, isWhole: match is not null), text)
            ?? AnswerQuestion(text)
            ?? (match is not null ? Advance(match, text, learner.HasInterrupted) : null)
            ?? (learner.HasInterrupted ? Ask(_state, "encouraging", Pick(StockLines.Interrupted), Question(_state)) : null)
            ?? (state is null && !scenario.Open ? Open(_state) : null)
            ?? (scenario.Open ? Wander(text) : Steer(text));
    }

    private ScenarioNode Node => scenario.Nodes[_state.Node];

    private Variation Vary => new(seed, _state.Round);

    private TutorTurn Open(TutorState at) =>
        Ask(at, "happy", new Variation(seed, at.Round).Pick(scenario.Opening, "opening"), Question(at));

    private TutorTurn Advance(AnswerMatch match, string heard, bool hasInterrupted)
    {
        var slots = new Dictionary<string, string>(_state.Slots, StringComparer.Ordinal);
        foreach (var (slot, value) in match.Slots) { slots[slot] = value; }
        var next = Enter(Resolve(match.Answer.To)) with
        {
            Slots = slots,
            Goals = match.Answer.Goal is { } goal && !_state.Goals.Contains(goal) ? [.. _state.Goals, goal] : _state.Goals,
        };
        return Ask(next, match.Answer.Emotion,
            hasInterrupted ? Pick(StockLines.Interrupted) : "",
            GiveBack(match, heard, next),
            Fill(Pick([.. match.Answer.Reply.Where(reply => IsKnown(reply, next))]), next),
            Question(next));
    }

    private string GiveBack(AnswerMatch match, string heard, TutorState at) =>
        Recaster.Recast(heard) is { } better ? Format(StockLines.Recast, better)
        : !match.IsExact && match.Answer.Recast is { } line && IsKnown(line, at) ? Fill(Pick(StockLines.Recast).Replace("{0}", line, StringComparison.Ordinal), at)
        : "";

    private TutorTurn? HandleIntent(Intent intent, string text)
    {
        var failed = _state with { Turn = _state.Turn + 1, Failures = _state.Failures + 1 };
        switch (intent)
        {
            case Intent.Repeat:
                return Ask(_state with { Turn = _state.Turn + 1 }, null, Pick(StockLines.Repeat), Question(_state));
            case Intent.Meaning:
                return Ask(_state with { Turn = _state.Turn + 1 }, "encouraging", Explain(IntentReader.MeaningOf(text)!), Question(_state, isEasy: true));
            case Intent.Goodbye:
                return Ask(Enter(ScenarioGraph.Closings(scenario).First()), "happy", Pick(StockLines.Goodbye));
            case Intent.Silence when _state.Failures == 0:
                return Ask(failed, "encouraging", Pick(StockLines.Waiting), Question(_state));
            case Intent.Help or Intent.Silence when _state.Failures <= 1 && Node.Hint is not null:
                return Ask(failed with { Failures = Math.Max(2, failed.Failures) }, "encouraging", Fill(Node.Hint, _state), Question(_state, isEasy: true));
            case Intent.Silence:
            case Intent.Help when _state.Failures == 2:
                return Ask(failed, "encouraging", Pick(StockLines.Easier), Question(_state, isEasy: true), Example());
            case Intent.Help:
                return MoveOn();
            default:
                return null;
        }
    }

    private TutorTurn? AnswerQuestion(string text)
    {
        var words = SpokenText.Words(text);
        if (words.Length == 0 || !(text.Contains('?') || words.Take(3).Any(s_questionWords.Contains))) { return null; }
        var found = scenario.Questions.Concat(generalQuestions)
            .FirstOrDefault(q => q.Keywords.Any(k => WordSimilarity.IndexOf(words, SpokenText.Words(k)) >= 0));
        return found is null ? null
            : Ask(_state with { Turn = _state.Turn + 1 }, "happy", Fill(Pick(found.Reply), _state), Question(_state));
    }

    // In a scenario: back to its question; easier the second time, and the third time the tutor answers itself.
    private TutorTurn Steer(string text)
    {
        var failed = _state with { Turn = _state.Turn + 1, Failures = _state.Failures + 1 };
        return _state.Failures switch
        {
            0 => Ask(failed, "thinking", Recaster.Recast(text) is { } better ? Format(StockLines.Recast, better) : Echo(text),
                Pick(StockLines.Steer), Question(_state, isEasy: true)),
            1 or 2 => Ask(failed with { Failures = 3 }, "encouraging", Pick(StockLines.Easier), Question(_state, isEasy: true), Example()),
            _ => MoveOn(),
        };
    }

    // In open talk nothing is off topic: what was heard is given back, and its words may choose what to talk about next.
    private TutorTurn Wander(string text)
    {
        var words = SpokenText.Words(text);
        var topic = ScenarioGraph.Topics(scenario).Where(name => name != _state.Node && !_state.Passed.Contains(name))
            .FirstOrDefault(name => scenario.Nodes[name].Keywords.Any(k => WordSimilarity.ContainsAll(words, SpokenText.Words(k))));
        if (topic is not null && AnswerMatcher.Match(scenario, scenario.Nodes[topic], text) is { } answer)
        {
            return new TutorDialogue(scenario, Enter(topic), level, seed, generalQuestions, known).Advance(answer, text, hasInterrupted: false);
        }
        var next = Enter(topic ?? Resolve(ScenarioAnswer.NextTopic));
        if (SpokenText.IsYes(text) || SpokenText.IsNo(text)) { return Ask(next, null, Pick(StockLines.Listening), Question(next)); }
        var heard = Recaster.Recast(text) is { } better ? Format(StockLines.Recast, better) : Echo(text);
        var comment = topic is not null ? "" : scenario.Nodes[next.Node].Closing ? Pick(StockLines.Listening)
            : Pick(_state.Turn == 0 ? StockLines.Limits[..1] : StockLines.Limits);
        return Ask(next, topic is null ? "encouraging" : null, heard, comment, Question(next));
    }

    private TutorTurn MoveOn()
    {
        var example = Offer(_state).Example;
        var turn = Advance(example, "", hasInterrupted: false);
        return turn with { Text = Join(Pick(StockLines.MoveOn), Example(), turn.Text) };
    }

    private TutorTurn AfterClosing(string text, string? suggestionId)
    {
        var isFinished = suggestionId == StockLines.FinishId || SpokenText.IsNo(text) || IntentReader.Read(text, isWhole: false) == Intent.Goodbye
            || SpokenText.Normalize(text) == SpokenText.Normalize(StockLines.Finish);
        if (isFinished) { return Ask(_state with { Turn = _state.Turn + 1 }, "happy", Pick(StockLines.Goodbye)); }
        var isAgain = suggestionId == StockLines.AgainId || SpokenText.IsYes(text) || SpokenText.Normalize(text) == SpokenText.Normalize(StockLines.Again)
            || SpokenText.Words(text).Any(w => w is "again" or "yes");
        return isAgain
            ? Open(new TutorState { Scenario = scenario.Id, Node = scenario.Start, Turn = _state.Turn + 1, Round = _state.Round + 1 })
            : Ask(_state with { Turn = _state.Turn + 1 }, "happy", Pick(StockLines.Ended), Pick(StockLines.AskAgain));
    }

    private TutorState Enter(string node) => _state with
    {
        Node = node,
        Turn = _state.Turn + 1,
        Failures = 0,
        Passed = _state.Passed.Contains(_state.Node) ? _state.Passed : [.. _state.Passed, _state.Node],
    };

    private string Resolve(string to)
    {
        if (to != ScenarioAnswer.NextTopic) { return to; }
        var left = ScenarioGraph.Topics(scenario).Where(t => t != _state.Node && !_state.Passed.Contains(t)).ToList();
        return left.Count > 0 ? left[Vary.Index(left.Count, $"topic {_state.Passed.Count}")] : ScenarioGraph.Closings(scenario).First();
    }

    private string Question(TutorState at, bool isEasy = false)
    {
        var node = scenario.Nodes[at.Node];
        var known = node.Say.Where(say => IsKnown(say, at)).ToList();
        var line = (isEasy || level.IsBasic) && node.Simple is { } simple ? simple
            : new Variation(seed, at.Round).Pick(known.Count > 0 ? known : node.Say, at.Node);
        var question = Fill(line, at);
        return node.Closing ? Join(question, Summary(at), Pick(StockLines.AskAgain)) : question;
    }

    private string Summary(TutorState at)
    {
        var reached = scenario.Goals.Where(g => at.Goals.Contains(g.Key)).Select(g => g.Value).ToList();
        if (reached.Count == 0) { return ""; }
        var list = reached.Count == 1 ? reached[0] : $"{string.Join(", ", reached.SkipLast(1))} and {reached[^1]}";
        return Format(StockLines.Managed, list);
    }

    private string Explain(string word)
    {
        var found = scenario.Vocabulary.FirstOrDefault(v => WordSimilarity.Of(SpokenText.Words(word), SpokenText.Words(v.Key)) > 0.9);
        return found.Key is null ? Format(StockLines.NoMeaning, word) : $"\"{char.ToUpperInvariant(found.Key[0])}{found.Key[1..]}\" means {found.Value}.";
    }

    private string Echo(string text)
    {
        var shown = text.Trim().TrimEnd('.', '!');
        return SpokenText.Words(shown).Length > MostEchoedWords ? Pick(StockLines.HeardMuch)
            : Format(StockLines.Heard, char.ToUpperInvariant(shown[0]) + shown[1..]);
    }

    private string Example() => Format(StockLines.CouldSay, Offer(_state).TextOf(0));

    // What was not heard is not repeated: only a question that has no other wording falls back on a slot's default.
    private static bool IsKnown(string template, TutorState at) => ScenarioTemplate.SlotsOf(template).All(at.Slots.ContainsKey);

    private string Fill(string template, TutorState at) => template.Length == 0 ? "" : ScenarioTemplate.Fill(
        template, slot => at.Slots.TryGetValue(slot, out var value) ? value : scenario.Slots[slot].Default);

    private string Pick(IReadOnlyList<string> lines) => Vary.Pick(lines, $"{_state.Node}/{_state.Turn}");

    private string Format(string[] lines, string value) => string.Format(CultureInfo.InvariantCulture, Pick(lines), value);

    private AnswerOffer Offer(TutorState at) => new(scenario, at, level, new Variation(seed, at.Round));

    private TutorTurn Ask(TutorState at, string? emotion, params ReadOnlySpan<string> parts)
    {
        var node = scenario.Nodes[at.Node];
        var offered = node.Closing
            ? new SuggestionsContent([new Suggestion(StockLines.AgainId, StockLines.Again), new Suggestion(StockLines.FinishId, StockLines.Finish)])
            : Offer(at).ToContent();
        return new TutorTurn(Join([.. parts[..^1], .. node.Closing ? [] : Reminders(), parts[^1]]), offered, new EmotionContent(emotion ?? node.Emotion, Intensity), at);
    }

    // Who plays a waiter or a doctor does not know the learner.
    private string[] Reminders() =>
    [
        scenario.Open && known?.Name is { } name ? Format(StockLines.Greeting, name) : "",
        scenario.Open && known?.Told is { } told ? Format(StockLines.Remembered, told) : "",
        known?.Practise is { } practise ? Format(StockLines.Practise, practise) : "",
    ];

    private static string Join(params ReadOnlySpan<string> parts)
    {
        var said = new List<string>(parts.Length);
        foreach (var part in parts)
        {
            if (part.Length > 0) { said.Add(part); }
        }
        return string.Join(' ', said);
    }
}
