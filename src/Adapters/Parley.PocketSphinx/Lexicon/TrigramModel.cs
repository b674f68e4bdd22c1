using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using Parley.Diagnostics;
using Parley.Lexicon;

namespace Parley.PocketSphinx.Lexicon;

/// <summary>The trigram model of CMU Sphinx, in the binary form of its tries (<c>ngram_model_trie.c</c>), without the library.</summary>
/// <remarks>Thread-safe; it holds the file, 27 MB for English, in memory. Of a trigram the trie's levels are the last word, the one before, the first.</remarks>
public sealed class TrigramModel : INgramModel
{
    /// <summary>Below what the rarest words have.</summary>
    private const double Unknown = -20;

    private const int TableSize = 1 << 16, QuantizedBits = 16;

    /// <summary>The file has its logarithms to the base of 1.0001, as the decoder computes with.</summary>
    private static readonly double s_unit = Math.Log(1.0001);

    private static readonly byte[] s_magic = "Trie Language Model"u8.ToArray();

    private readonly byte[] _data;
    private readonly float[] _bigramScores, _bigramBackoffs, _trigramScores;
    private readonly int _unigrams, _wordBits, _nextBits;
    private readonly BitTable _bigrams, _trigrams;
    private readonly Dictionary<string, int> _words;

    /// <exception cref="VoiceException">The file is missing, damaged, or no trigram model of this form.</exception>
    public TrigramModel(string path)
    {
        try
        {
            _data = File.ReadAllBytes(path);
            var at = s_magic.Length;
            if (!_data.AsSpan().StartsWith(s_magic) || _data[at++] != 3) { throw new InvalidDataException("it is no trigram model in Sphinx's binary form"); }
            var counts = MemoryMarshal.Cast<byte, uint>(_data.AsSpan(at, 12)).ToArray();
            at += 12;
            if (MemoryMarshal.Read<int>(_data.AsSpan(at)) != 1) { throw new InvalidDataException("its numbers are not in 16 bits"); }
            at += sizeof(int);
            (_bigramScores, _bigramBackoffs, _trigramScores) = (Table(ref at), Table(ref at), Table(ref at));
            (_unigrams, _wordBits, _nextBits) = (at, Bits(counts[0]), Bits(counts[2]));
            at += Marshal.SizeOf<Unigram>() * ((int)counts[0] + 1);
            _bigrams = Rows(ref at, counts[1], _wordBits + 2 * QuantizedBits + _nextBits);
            _trigrams = Rows(ref at, counts[2], _wordBits + QuantizedBits);
            _words = ReadWords(at, (int)counts[0]);
            (SentenceBegin, SentenceEnd) = (_words["<s>"], _words["</s>"]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException or KeyNotFoundException)
        {
            throw new VoiceException(VoiceStage.Coach, $"The language model {path} cannot be read: {e.Message}", inner: e);
        }
    }

    public int SentenceBegin { get; }

    public int SentenceEnd { get; }

    public IEnumerable<string> Words => _words.Keys;

    public int Find(string word) => _words.GetValueOrDefault(word, -1);

    public double Score(int word, int previous, int beforePrevious) => word < 0 ? Unknown : s_unit * Sum(word, previous, beforePrevious);

    private double Sum(int word, int previous, int beforePrevious)
    {
        var last = Of(word);
        if (previous < 0) { return last.Score; }
        var bigram = _bigrams.Find(previous, last.Next, Of(word + 1).Next);
        if (bigram < 0) { return last.Score + Of(previous).Backoff + Backoff(previous, beforePrevious); }
        var score = _bigramScores[_bigrams.Read(bigram, _wordBits + QuantizedBits, QuantizedBits)];
        if (beforePrevious < 0) { return score; }
        const int next = 2 * QuantizedBits;
        var trigram = _trigrams.Find(beforePrevious, _bigrams.Read(bigram, _wordBits + next, _nextBits), _bigrams.Read(bigram + 1, _wordBits + next, _nextBits));
        return trigram < 0 ? score + Backoff(previous, beforePrevious) : _trigramScores[_trigrams.Read(trigram, _wordBits, QuantizedBits)];
    }

    private float Backoff(int previous, int beforePrevious)
    {
        var bigram = beforePrevious < 0 ? -1 : _bigrams.Find(beforePrevious, Of(previous).Next, Of(previous + 1).Next);
        return bigram < 0 ? 0 : _bigramBackoffs[_bigrams.Read(bigram, _wordBits, QuantizedBits)];
    }

    private Unigram Of(int word) => MemoryMarshal.Read<Unigram>(_data.AsSpan(_unigrams + word * Marshal.SizeOf<Unigram>()));

    private float[] Table(ref int at)
    {
        var table = MemoryMarshal.Cast<byte, float>(_data.AsSpan(at, TableSize * sizeof(float))).ToArray();
        at += TableSize * sizeof(float);
        return table;
    }

    /// <summary>One row more than there are, to end the last one's children, and a word of padding.</summary>
    private BitTable Rows(ref int at, uint count, int rowBits)
    {
        var rows = new BitTable(_data, at, rowBits, _wordBits);
        at += (int)(((1L + count) * rowBits + 7) / 8) + sizeof(ulong);
        return rows;
    }

    private Dictionary<string, int> ReadWords(int at, int count)
    {
        var length = MemoryMarshal.Read<int>(_data.AsSpan(at));
        var words = Encoding.UTF8.GetString(_data.AsSpan(at + sizeof(int), length)).Split('\0');
        var numbers = new Dictionary<string, int>(count);
        for (var i = 0; i < count; i++) { numbers.TryAdd(words[i], i); }
        return numbers;
    }

    private static int Bits(uint max) => 32 - BitOperations.LeadingZeroCount(max);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Unigram
    {
        public readonly float Score, Backoff;
        public readonly uint Next;
    }
}
