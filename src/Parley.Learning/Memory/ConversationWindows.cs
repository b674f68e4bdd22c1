using System.Collections.Concurrent;
using Parley.Turns.Coaching;

namespace Parley.Learning.Memory;

/// <summary>Cuts conversations into windows of a few exchanges that overlap, so that an answer is remembered with what it answers.</summary>
/// <remarks>Thread-safe. It keeps the last exchanges of the conversations that go on; of too many, those that began first are given up, and continue as new ones.</remarks>
public sealed class ConversationWindows
{
    /// <summary>Exchanges, a question with its answer, in one window.</summary>
    public const int Size = 3;

    /// <summary>Exchanges from the begin of a window to that of the next.</summary>
    public const int Stride = 2;

    /// <summary>Fewer words of the learner's are not worth remembering.</summary>
    private const int FewWords = 4;

    private const int MostSessions = 1_024, LongestQuestion = 160;

    private readonly ConcurrentDictionary<string, Conversation> _conversations = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _order = new();

    /// <summary>The windows that a turn belongs to, as they stand with it. One that it continues has the name that it had.</summary>
    public IReadOnlyList<Remembered> Take(SpokenTurn turn, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var question = turn.Before.LastOrDefault(t => !t.IsUser).Text;
        var conversation = Of(turn.SessionId);
        lock (conversation)
        {
            conversation.Add(new Exchange(question is null ? "" : LastOf(question), turn.Text));
            return [.. conversation.Windows().Where(w => w.Exchanges.Sum(e => WordsOf(e.Answer)) >= FewWords)
                .Select(w => new Remembered($"{turn.SessionId}-w{w.Number}", RememberedKind.Talk, string.Join('\n', w.Exchanges), at))];
        }
    }

    private Conversation Of(string sessionId)
    {
        if (_conversations.TryGetValue(sessionId, out var known)) { return known; }
        _order.Enqueue(sessionId);
        while (_order.Count > MostSessions && _order.TryDequeue(out var first)) { _conversations.TryRemove(first, out _); }
        return _conversations.GetOrAdd(sessionId, _ => new Conversation());
    }

    private static int WordsOf(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>The end of a long question, where what is asked stands.</summary>
    private static string LastOf(string question)
    {
        if (question.Length <= LongestQuestion) { return question; }
        var cut = question.IndexOf(' ', question.Length - LongestQuestion);
        return cut < 0 ? question[^LongestQuestion..] : question[(cut + 1)..];
    }

    private readonly record struct Exchange(string Question, string Answer)
    {
        public override string ToString() => Question.Length > 0 ? $"{Question} – {Answer}" : Answer;
    }

    private sealed class Conversation
    {
        private readonly Queue<Exchange> _last = new();
        private int _count;

        public void Add(Exchange exchange)
        {
            _last.Enqueue(exchange);
            if (_last.Count > Size) { _last.Dequeue(); }
            _count++;
        }

        /// <summary>Those that hold the newest exchange.</summary>
        public IEnumerable<(int Number, Exchange[] Exchanges)> Windows()
        {
            var newest = _count - 1;
            for (var number = Math.Max(0, (newest - Size + Stride) / Stride); number * Stride <= newest; number++)
            {
                yield return (number, [.. _last.TakeLast(_count - number * Stride)]);
            }
        }
    }
}
