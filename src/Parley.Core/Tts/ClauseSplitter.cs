using System.Text;

namespace Parley.Tts;

/// <summary>Cuts a reply, as it arrives token by token, into clauses to speak: the first as early as can be, later ones longer.</summary>
/// <remarks>
/// Pure: the clauses depend on the characters alone, not on how they were dealt into tokens or when they came. One caller, one reply.
/// The first clause may end at a comma, dash or colon, or at <see cref="MaxFirst"/> characters; later ones are whole sentences, joined
/// while they are short, but never across an empty line. Not speakable yet, a stretch goes with what follows it.
/// </remarks>
public sealed class ClauseSplitter
{
    /// <summary>The longest first clause and the longest later one, in visible characters, where there is a word border to cut at.</summary>
    public const int MaxFirst = 60, MaxLater = 200;

    private const int EnoughWords = 2, EnoughLetters = 12;

    // The shortest clause to end at a sentence's end, by the clause's number: while the first ones play there is time to gather more.
    private static readonly int[] s_minLengths = [0, 20, 60, 100];

    private readonly ThinkingFilter _thinking = new();
    private readonly StringBuilder _source = new();
    private readonly StringBuilder _visible = new();
    private readonly List<int> _positions = [];
    private readonly List<Clause> _ready = [];
    private int _offset;
    private int _received;
    private int _emitted;
    private bool _lineStart = true;
    private int _lastSentence, _lastMark, _lastSpace;

    /// <summary>Takes the next part of the reply.</summary>
    /// <returns>The clauses that it completes, often none. They are made before the call returns.</returns>
    public IEnumerable<Clause> Push(string delta)
    {
        foreach (var c in delta)
        {
            _source.Append(c);
            foreach (var (visible, position) in _thinking.Push(c, _received)) { Append(visible, position); }
            _received++;
        }
        return TakeReady();
    }

    /// <summary>Ends the clause here, whatever is in it, because a wait follows. What comes next may again be a first clause.</summary>
    /// <returns>What there is of it; null when that is nothing.</returns>
    public Clause? Break() => Flush();

    /// <summary>Ends the reply.</summary>
    /// <returns>What is left of it; null when that is nothing.</returns>
    public Clause? Flush()
    {
        // What looked like the begin of a tag is text after all; it is too short to complete a clause.
        foreach (var (visible, position) in _thinking.Flush())
        {
            _visible.Append(visible);
            _positions.Add(position);
        }
        if (_source.Length == 0) { return null; }
        var rest = new Clause(_source.ToString(), _offset, SpokenForm.Of(_visible.ToString()));
        _offset += _source.Length;
        _source.Clear();
        Restart([]);
        return rest;
    }

    private Clause[] TakeReady()
    {
        Clause[] ready = [.. _ready];
        _ready.Clear();
        return ready;
    }

    private void Append(char c, int position)
    {
        // CJK marks have no space after them: the clause ends before the first character that does not belong to it.
        if (ClauseMarks.EndsWithWideMark(_visible) && !ClauseMarks.Continues(c)) { Consider(); }
        _visible.Append(c);
        _positions.Add(position);
        if (char.IsWhiteSpace(c)) { Consider(); }
        if (_visible.Length >= (_emitted == 0 ? MaxFirst : MaxLater)) { CutAtBest(); }
    }

    private void Consider()
    {
        var text = _visible.ToString();
        if (ClauseMarks.IsInsideLink(text)) { return; }
        var (words, letters) = ClauseMarks.Count(text);
        if (letters == 0) { return; }
        var kind = ClauseMarks.KindOf(text, _lineStart);
        var end = _visible.Length;
        if (kind != ClauseEnd.Nowhere) { _lastSpace = end; }
        if (kind >= ClauseEnd.Mark) { _lastMark = end; }
        if (kind == ClauseEnd.Sentence) { _lastSentence = end; }
        var isSentence = kind == ClauseEnd.Sentence && text.Trim().Length >= s_minLengths[Math.Min(_emitted, s_minLengths.Length - 1)];
        var isOpening = kind == ClauseEnd.Mark && _emitted == 0 && (words >= EnoughWords || letters >= EnoughLetters);
        var isParagraph = text.EndsWith("\n\n", StringComparison.Ordinal);
        if (isSentence || isOpening || isParagraph) { Cut(end); }
    }

    private void CutAtBest()
    {
        var end = new[] { _lastSentence, _lastMark, _lastSpace }.FirstOrDefault(p => p > 0);
        if (end > 0) { Cut(end); }
        else if (_visible.Length >= MaxLater && !char.IsHighSurrogate(_visible[^1])) { Cut(_visible.Length); }
    }

    private void Cut(int end)
    {
        var visible = _visible.ToString(0, end);
        var length = _positions[end - 1] + 1 - _offset;
        var spoken = SpokenForm.Of(visible);
        if (spoken.Length == 0 && end < MaxLater) { return; }
        _ready.Add(new Clause(_source.ToString(0, length), _offset, spoken));
        _emitted++;
        _source.Remove(0, length);
        _offset += length;
        _lineStart = visible[^1] == '\n';
        List<(char, int)> tail = [];
        for (var i = end; i < _visible.Length; i++) { tail.Add((_visible[i], _positions[i])); }
        Restart(tail);
    }

    private void Restart(List<(char Visible, int Position)> tail)
    {
        _visible.Clear();
        _positions.Clear();
        _lastSentence = _lastMark = _lastSpace = 0;
        foreach (var (visible, position) in tail) { Append(visible, position); }
    }
}
