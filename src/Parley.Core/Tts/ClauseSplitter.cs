namespace Parley.Tts;
public sealed class ClauseSplitter
{
    private readonly System.Text.StringBuilder _t = new();
    private int _offset;
    public IEnumerable<Clause> Push(string delta)
    {
        foreach (var c in delta) { _t.Append(c); if (c is '.' or '?' or '!') { yield return Flush()!; } }
    }
    public Clause? Flush()
    {
        if (_t.Length == 0) { return null; }
        var s = _t.ToString(); _t.Clear();
        var clause = new Clause(s, _offset, s.Trim()); _offset += s.Length; return clause;
    }
}
