using System.Buffers.Binary;

namespace Parley.PocketSphinx.Alignment.Model;

/// <summary>What the file <c>mdef</c> says: the phones, and the states of each phone between its neighbours.</summary>
/// <remarks>Immutable, so thread-safe.</remarks>
internal sealed class ModelDefinition
{
    private const int Magic = 0x46444D42; // BMDF
    private const int TreeNodeSize = 8;

    private readonly Dictionary<Triphone, int> _triphones;
    private readonly int[] _alone; // the sequence of states of each phone whatever its neighbours
    private readonly int[][] _sequences;

    private ModelDefinition(IReadOnlyList<string> phones, int states, Dictionary<Triphone, int> triphones, int[] alone, int[][] sequences) =>
        (Phones, States, _triphones, _alone, _sequences, Silence) = (phones, states, triphones, alone, sequences, phones.ToList().IndexOf("SIL"));

    /// <summary>Names of the phones; a phone's place is that of its codebook.</summary>
    public IReadOnlyList<string> Phones { get; }

    /// <summary>The place of silence among the phones; -1: there is none.</summary>
    public int Silence { get; }

    /// <summary>States of a phone. Those of the first phone without neighbours are the first, and so on.</summary>
    public int StatesPerPhone => _sequences[0].Length;

    /// <summary>States in all.</summary>
    public int States { get; }

    /// <summary>Reads the file.</summary>
    public static ModelDefinition Read(string path)
    {
        var file = new SphinxFile(path);
        if (file.ReadInt32() != Magic) { throw file.Damaged(); }
        _ = file.ReadInt32(); // version
        file.Take(file.ReadInt32()); // a description of the format
        var (phones, all, perPhone, alone, states) = (file.ReadInt32(), file.ReadInt32(), file.ReadInt32(), file.ReadInt32(), file.ReadInt32());
        _ = file.ReadInt32(); // transitions
        var sequences = file.ReadInt32();
        _ = file.ReadInt32(); // neighbours of a phone
        var (nodes, _) = (file.ReadInt32(), file.ReadInt32());
        if (phones is < 1 or > 255 || perPhone is < 1 or > 10 || alone != phones * perPhone || states < alone || all < phones || nodes < 0 || sequences < 1) { throw file.Damaged(); }
        string[] names = [.. Enumerable.Range(0, phones).Select(_ => file.ReadTo(0))];
        var length = names.Sum(name => name.Length + 1);
        file.Take((sizeof(int) - (length % sizeof(int))) % sizeof(int));
        file.Take(checked(nodes * TreeNodeSize)); // the same triphones again, for those who search
        var (triphones, single) = (new Dictionary<Triphone, int>(all), new int[phones]);
        for (var i = 0; i < all; i++)
        {
            var sequence = file.ReadInt32();
            _ = file.ReadInt32(); // transitions
            if (sequence < 0 || sequence >= sequences) { throw file.Damaged(); }
            var context = file.Take(sizeof(int));
            if (i < phones) { single[i] = sequence; } else { triphones[new(context[1], context[2], context[3], (WordPlace)context[0])] = sequence; }
        }
        if (file.ReadInt32() != sequences * perPhone) { throw file.Damaged(); }
        var values = file.Take(checked(sequences * perPhone * sizeof(ushort)));
        var table = new int[sequences][];
        for (var i = 0; i < sequences; i++)
        {
            table[i] = new int[perPhone];
            for (var state = 0; state < perPhone; state++)
            {
                table[i][state] = BinaryPrimitives.ReadUInt16LittleEndian(values[(((i * perPhone) + state) * sizeof(ushort))..]);
                if (table[i][state] >= states) { throw file.Damaged(); }
            }
        }
        return new(names, states, triphones, single, table);
    }

    /// <summary>The states of a phone between its neighbours; where no speaker of the model's had these, between one of them and silence, or those it has alone.</summary>
    public int[] StatesOf(Triphone triphone) =>
        _sequences[Find(triphone) ?? Find(triphone with { Right = (byte)Silence }) ?? Find(triphone with { Left = (byte)Silence }) ?? _alone[triphone.Phone]];

    /// <summary>The states of a phone whatever its neighbours.</summary>
    public int[] StatesOf(int phone) => _sequences[_alone[phone]];

    // A place in the word that was not seen is taken to be like another one.
    private int? Find(Triphone triphone)
    {
        if (_triphones.TryGetValue(triphone, out var sequence)) { return sequence; }
        foreach (var place in Enum.GetValues<WordPlace>())
        {
            if (_triphones.TryGetValue(triphone with { Place = place }, out sequence)) { return sequence; }
        }
        return null;
    }
}
