using Parley.Replies;
using Parley.Transports.Protocol;
using Parley.Turns;

namespace Parley.Cli.Demo;

/// <summary>
/// A synthetic learner in a practice scenario: waits for the question, thinks, says one of the offered answers; the second answer comes in
/// the middle of the assistant's reply.
/// </summary>
/// <param name="say">Speaks a text as 16 kHz audio.</param>
internal sealed class GuidedLearner(Func<string, short[]> say) : ILearner
{
    private const int Answers = 3;
    private const int Interruption = 1;

    private static readonly TimeSpan s_think = TimeSpan.FromMilliseconds(500);

    /// <summary>Into the reply, when its first words were heard and the next answers are on offer.</summary>
    private static readonly TimeSpan s_interruptAfter = TimeSpan.FromMilliseconds(1_200);

    private short[] _speech = [];
    private int _next;
    private int _answered;

    public SessionConfig Config { get; } = new() { Scenario = "cafe", Level = CefrLevel.A2 };

    public bool HasFinished(DemoView view) =>
        _answered == Answers && _next >= _speech.Length && view.State == TurnState.Idle && view.Turns.Count > Answers && view.InState > s_think;

    public void Speak(Span<short> frame, DemoView view)
    {
        if (_next >= _speech.Length && !StartsNow(view)) { return; }
        var part = _speech.AsSpan(_next, Math.Min(frame.Length, _speech.Length - _next));
        part.CopyTo(frame);
        _next += part.Length;
    }

    private bool StartsNow(DemoView view)
    {
        // One turn for the opening, then one for each answer: the next answer waits for the reply to the one before.
        if (_answered == Answers || view.Turns.Count <= _answered || view.Suggestions.Count == 0) { return false; }
        var ready = _answered == Interruption
            ? view.State == TurnState.Speaking && view.InState > s_interruptAfter
            : view.State == TurnState.Idle && view.InState > s_think;
        if (!ready) { return false; }
        // Asked "did you say …?", the learner stands by it.
        var answer = view.Suggestions.FirstOrDefault(s => s.SuggestionId == ClarifyingChatClient.YesId)
            ?? view.Suggestions[_answered % view.Suggestions.Count];
        _speech = say(answer.Text);
        (_next, _answered) = (0, _answered + 1);
        return true;
    }
}
