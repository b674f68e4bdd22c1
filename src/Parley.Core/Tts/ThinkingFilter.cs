namespace Parley.Tts;

/// <summary>Lets through what a model says and drops what it thinks: the text from <c>&lt;think&gt;</c> to <c>&lt;/think&gt;</c>.</summary>
internal sealed class ThinkingFilter
{
    private const string Open = "<think>", Close = "</think>";

    private readonly List<(char, int)> _held = [];
    private string _tag = "";
    private bool _isThinking;

    /// <summary>Takes a character and its position.</summary>
    /// <returns>The characters that are certain to be visible now, with their positions.</returns>
    public IReadOnlyList<(char Visible, int Position)> Push(char c, int position)
    {
        if (_tag.Length == 0 && c != '<') { return _isThinking ? [] : [(c, position)]; }
        var tag = _tag + char.ToLowerInvariant(c);
        if (tag is Open or Close)
        {
            _isThinking = tag == Open;
            Forget();
            return [];
        }
        if (Open.StartsWith(tag, StringComparison.Ordinal) || Close.StartsWith(tag, StringComparison.Ordinal))
        {
            _tag = tag;
            _held.Add((c, position));
            return [];
        }
        // No tag after all. The character that broke it may begin another one.
        var released = Flush();
        return [.. released, .. Push(c, position)];
    }

    /// <summary>Gives up what was held back as the begin of a tag.</summary>
    public IReadOnlyList<(char Visible, int Position)> Flush()
    {
        (char, int)[] held = _isThinking ? [] : [.. _held];
        Forget();
        return held;
    }

    private void Forget()
    {
        _tag = "";
        _held.Clear();
    }
}
