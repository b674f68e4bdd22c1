using System.Buffers;

namespace Parley.Replies.QuickReplies;

/// <summary>Joins an answer to the opener before it: an opener of its own is left out. It holds back no more than may still become one.</summary>
/// <remarks>Not thread-safe: one an answer.</remarks>
/// <param name="opener">What was said.</param>
internal sealed class Seam(string opener)
{
    private static readonly SearchValues<char> s_marks = SearchValues.Create(Opener.Marks);
    private static readonly char[] s_between = [.. Opener.Marks, ' ', '\n', '\r', '\t'];

    private readonly string _said = SpokenText.Normalize(opener);
    private string _held = "";
    private bool _hasTrimmed;

    /// <summary>Whether the rest of the answer passes as it is.</summary>
    public bool IsPassed { get; private set; }

    /// <summary>Takes the answer's next text.</summary>
    /// <returns>What of it may be given out now.</returns>
    public string Push(string text)
    {
        if (IsPassed) { return text; }
        _held = Begin(_held + text);
        while (_held.Length > 0)
        {
            var end = _held.AsSpan().IndexOfAny(s_marks);
            var words = SpokenText.Normalize(end < 0 ? _held : _held[..end]);
            if (end < 0 && words.Length > 0 && (MayBecomeOpener(words) || IsOpener(words)) && !_held.Contains('\n', StringComparison.Ordinal)) { return ""; }
            if (end < 0 || !IsOpener(words)) { return Release(); }
            _hasTrimmed = true;
            _held = Begin(_held[(end + 1)..]);
        }
        return "";
    }

    /// <summary>The answer is over.</summary>
    /// <returns>What is left of it.</returns>
    public string Flush() => IsPassed || IsOpener(SpokenText.Normalize(_held)) ? "" : Release();

    private string Release()
    {
        IsPassed = true;
        return _held;
    }

    private bool IsOpener(string words) => words == _said || Openers.IsKnown(words);

    private bool MayBecomeOpener(string words) => _said.StartsWith(words, StringComparison.Ordinal) || Openers.MayBecome(words);

    /// <summary>Without the white space, and the rest of the marks, that belonged to what was left out.</summary>
    private string Begin(string text) => _hasTrimmed ? text.TrimStart(s_between) : text.TrimStart();
}
