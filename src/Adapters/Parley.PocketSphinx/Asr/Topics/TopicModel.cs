using System.Runtime.CompilerServices;

namespace Parley.PocketSphinx.Asr.Topics;

/// <summary>A language model of what is likely to be said now, which is mixed into that of all English.</summary>
/// <remarks>Immutable, so thread-safe.</remarks>
internal sealed class TopicModel
{
    // The lists come from scenarios, which keep theirs: what is made of one is kept as long as it is.
    private static readonly ConditionalWeakTable<IReadOnlyList<string>, TopicModel> s_made = [];

    private readonly Lazy<Trigrams> _trigrams;

    private TopicModel(IReadOnlyList<string> sentences) => _trigrams = new(() => new Trigrams(sentences.Select(SpokenForm.Words)));

    /// <summary>The model of sentences; null where there are none.</summary>
    public static TopicModel? Of(IReadOnlyList<string>? sentences) => sentences is not { Count: > 0 } ? null : s_made.GetValue(sentences, list => new TopicModel(list));

    /// <summary>Whether it has any word.</summary>
    public bool IsEmpty => _trigrams.Value.Words <= 1;

    /// <summary>Lends the model as a file.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Lend(Action<string> read)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, _trigrams.Value.ToArpa());
            read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
