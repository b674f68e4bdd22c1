namespace Parley.PocketSphinx.Alignment.Model;

/// <summary>What the file <c>mdef</c> says of the context-independent phones.</summary>
/// <param name="Phones">Their names; a phone's place is that of its codebook.</param>
/// <param name="StatesPerPhone">States of a phone; those of the first phone are the first, and so on.</param>
internal sealed record ModelDefinition(IReadOnlyList<string> Phones, int StatesPerPhone)
{
    private const int Magic = 0x46444D42; // BMDF

    /// <summary>Reads the file.</summary>
    public static ModelDefinition Read(string path)
    {
        var file = new SphinxFile(path);
        if (file.ReadInt32() != Magic) { throw file.Damaged(); }
        _ = file.ReadInt32(); // version
        file.Take(file.ReadInt32()); // a description of the format
        var phones = file.ReadInt32();
        _ = file.ReadInt32(); // triphones
        var (perPhone, states) = (file.ReadInt32(), file.ReadInt32());
        if (phones is < 1 or > 1000 || perPhone is < 1 or > 10 || states != phones * perPhone) { throw file.Damaged(); }
        file.Take(6 * sizeof(int)); // triphone states, transitions, state sequences, contexts, tree nodes, silence
        return new([.. Enumerable.Range(0, phones).Select(_ => file.ReadTo(0))], perPhone);
    }
}
