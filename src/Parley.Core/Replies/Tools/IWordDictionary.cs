namespace Parley.Replies.Tools;

/// <summary>A dictionary of English.</summary>
/// <remarks>Thread-safe, shared by all sessions, and fast: it answers within milliseconds from this machine.</remarks>
public interface IWordDictionary
{
    /// <summary>The most common meanings of a word or short phrase, in whatever form it stands, the most common first.</summary>
    /// <param name="word">Any text.</param>
    /// <returns>At most ten; none for what is not in it.</returns>
    IReadOnlyList<WordSense> LookUp(string word);
}
