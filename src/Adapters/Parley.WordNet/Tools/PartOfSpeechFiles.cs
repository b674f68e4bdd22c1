using Parley.Replies.Tools;

namespace Parley.WordNet.Tools;

/// <summary>The three files of a part of speech.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class PartOfSpeechFiles : IDisposable
{
    private readonly PartOfSpeech _part;
    private readonly List<SortedFile> _open = [];
    private readonly SortedFile _index, _data, _exceptions;

    public PartOfSpeechFiles(PartOfSpeech part, string folder)
    {
        _part = part;
        try
        {
            _index = Open(part.Index);
            _data = Open(part.Data);
            _exceptions = Open(part.Exceptions);
        }
        catch
        {
            Dispose();
            throw;
        }

        SortedFile Open(string name)
        {
            var file = new SortedFile(Path.Combine(folder, name));
            _open.Add(file);
            return file;
        }
    }

    /// <summary>The entries that the word, in whatever form, may stand for.</summary>
    public IEnumerable<IndexEntry> Find(string lemma)
    {
        // "geese goose": irregular forms, then their base forms.
        var irregular = _exceptions.Find(lemma)?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1) ?? [];
        string[] bases = [.. irregular];
        return new[] { lemma }.Concat(bases.Length > 0 ? bases : _part.BasesOf(lemma)).Distinct()
            .Select(_index.Find).OfType<string>().Select(IndexEntry.Parse).OfType<IndexEntry>();
    }

    /// <summary>The meaning at an offset of the data file; null where there is none.</summary>
    public WordSense? ReadSense(string lemma, long offset) => _data.ReadLine(offset) is { } line ? Synset.Parse(line, lemma, _part.Name) : null;

    public void Dispose() => _open.ForEach(f => f.Dispose());
}
