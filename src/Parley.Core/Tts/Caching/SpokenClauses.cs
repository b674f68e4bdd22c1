namespace Parley.Tts.Caching;

/// <summary>The clauses in which synthesisers will be asked for a text.</summary>
public static class SpokenClauses
{
    /// <summary>The clauses of a whole reply, in order.</summary>
    public static IEnumerable<string> Of(string reply)
    {
        var splitter = new ClauseSplitter();
        return splitter.Push(reply).Append(splitter.Flush()).OfType<Clause>().Select(c => c.Spoken).Where(s => !string.IsNullOrWhiteSpace(s));
    }

    /// <summary>The clauses of a line that may open a reply or stand in its middle, where the splitter cuts it later.</summary>
    public static IEnumerable<string> OfLine(string line) => Of(line).Append(SpokenForm.Of(line)).Where(s => s.Length > 0).Distinct();
}
