using System.Globalization;
using System.Runtime.InteropServices;
using Parley.Alignment;
using Parley.Diagnostics;
using Parley.PocketSphinx.Alignment;
using Parley.PocketSphinx.Asr.Topics;
using Parley.PocketSphinx.Native;

namespace Parley.PocketSphinx.Asr;

/// <summary>One PocketSphinx decoder. Not thread-safe: whoever rented it from the pool has it alone.</summary>
internal sealed class Decoder : IDisposable
{
    /// <summary>The language model that a dictation decoder is started with.</summary>
    public const string Dictation = "_default";

    /// <summary>The word of a decoder for alignment that stands for silence.</summary>
    public const string Pause = "PAU";

    // Scores are logarithms to the base 1.0001; acoustic ones and those of grammars' segments are shifted right by 10 bits (SENSCR_SHIFT),
    // those of a lattice's segments, which only a finished n-gram search gives, are not.
    private static readonly double s_score = 1024 * Math.Log(1.0001);
    private static readonly double s_log = Math.Log(1.0001);

    private const int Room = 256;

    // The language model of a topic: its name, and the format that it is read in (ngram_file_type_e). Two models have half of the mixture each.
    private const string Topic = "topic";
    private const int Arpa = 1;

    private readonly DecoderHandle _handle;
    private bool _open;
    private bool _wide;
    private bool _isGrammar;
    private TopicModel? _topic;
    private string _english = "";

    private Decoder(ConfigHandle config)
    {
        using (config) { _handle = SphinxLibrary.CreateDecoder(config); }
        if (_handle.IsInvalid) { throw new VoiceException(VoiceStage.Asr, "PocketSphinx could not load its model, dictionary or language model."); }
    }

    /// <summary>Widens the decoder's ring of features, once it has a search.</summary>
    /// <remarks>
    /// It starts with six frames, and when more are fed than there is room for, version 0.8 writes them to the wrong places.
    /// A whole utterance makes it as long as itself.
    /// </remarks>
    private unsafe void Widen()
    {
        if (_wide) { return; }
        _wide = true;
        var silence = stackalloc float[Cepstra.Size];
        var frames = stackalloc float*[Room];
        for (var i = 0; i < Room; i++) { frames[i] = silence; }
        if (SphinxLibrary.StartUtterance(_handle) < 0 || SphinxLibrary.ProcessCepstra(_handle, frames, Room, 0, 1) < 0) { throw Failed("start"); }
        _ = SphinxLibrary.EndUtterance(_handle);
    }

    public static Decoder ForDictation(PocketSphinxOptions options) => new(EngineArguments.Dictation(options));

    public static Decoder ForGuidance(PocketSphinxOptions options) => new(EngineArguments.Guided(options));

    /// <summary>A decoder whose words are the phones, and the same once more for what is said beside a text.</summary>
    /// <param name="options">Where the model is.</param>
    /// <param name="scoreFolder">A folder to which the library writes all scores of all frames, to compare others with; null: nowhere.</param>
    public static Decoder ForAlignment(PocketSphinxOptions options, string? scoreFolder = null)
    {
        var decoder = new Decoder(EngineArguments.Alignment(options, scoreFolder));
        foreach (var phone in Phones.Names)
        {
            decoder.AddWord(phone, phone);
            decoder.AddWord(phone + AlignmentGrammar.Beside, phone);
        }
        decoder.AddWord(Pause, "SIL");
        return decoder;
    }

    public bool HasWord(string word) => SphinxLibrary.HasWord(_handle, word);

    /// <summary>Words that were added to the dictionary; a decoder is not used for ever once they are many.</summary>
    public int AddedWords { get; private set; }

    /// <summary>Adds a word to the dictionary if it is not there yet.</summary>
    public void AddWord(string word, string phones)
    {
        if (HasWord(word)) { return; }
        if (SphinxLibrary.AddWord(_handle, word, phones, 0) < 0) { throw Failed("take a word into its dictionary"); }
        AddedWords++;
    }

    /// <summary>Makes a JSGF grammar the active search.</summary>
    public void UseGrammar(string name, string grammar)
    {
        Stop();
        if (SphinxLibrary.SetGrammar(_handle, name, grammar) < 0) { throw Failed("build the grammar"); }
        Use(name);
        _isGrammar = true;
    }

    /// <summary>Makes an n-gram language model file the active search.</summary>
    public void UseLanguageModel(string name, string path)
    {
        Stop();
        if (SphinxLibrary.SetLanguageModel(_handle, name, path) < 0) { throw Failed($"read the language model {path}"); }
        Use(name);
    }

    /// <summary>Makes free dictation active, with the language model of all English, into which that of a topic is mixed.</summary>
    public void UseDictation(TopicModel? topic)
    {
        Use(Dictation);
        if (topic is { IsEmpty: true }) { topic = null; }
        if (topic == _topic) { return; }
        var set = SphinxLibrary.LanguageModels(_handle, Dictation);
        if (_topic is not null)
        {
            _ = SphinxLibrary.FreeLanguageModel(SphinxLibrary.RemoveLanguageModel(set, Topic, keepWords: 1));
            _topic = null;
            if (SphinxLibrary.SelectLanguageModel(set, _english) == nint.Zero) { throw Failed("go back to its language model"); }
        }
        if (topic is null) { return; }
        _english = Marshal.PtrToStringUTF8(SphinxLibrary.CurrentLanguageModel(set)) ?? throw Failed("tell its language model");
        topic.Lend(path => Add(set, path));
        _topic = topic;
    }

    // The library adds up what the models say after it has raised each to the language weight, so the mixture is nearly the likelier of the two.
    private void Add(nint set, string path)
    {
        var model = SphinxLibrary.ReadLanguageModel(nint.Zero, path, Arpa, SphinxLibrary.Logarithms(_handle));
        if (model == nint.Zero) { throw Failed("read the language model of a topic"); }
        _ = SphinxLibrary.ApplyWeights(model, EngineArguments.LanguageWeight, EngineArguments.InsertionPenalty, 1);
        _ = SphinxLibrary.AddLanguageModel(set, model, Topic, 1, keepWords: 1);
        _ = SphinxLibrary.MixLanguageModels(set, nint.Zero, nint.Zero);
    }

    /// <summary>Makes a search active that the decoder already has.</summary>
    public void Use(string name)
    {
        // A search cannot change in mid-utterance, and a pass that was given up has left one open.
        Stop();
        if (SphinxLibrary.UseSearch(_handle, name) < 0) { throw Failed("change its search"); }
        _isGrammar = false;
    }

    /// <summary>Forgets a search and frees its memory.</summary>
    public void Drop(string name)
    {
        Stop();
        _ = SphinxLibrary.DropSearch(_handle, name);
    }

    public void Start()
    {
        Stop();
        Widen();
        if (SphinxLibrary.StartUtterance(_handle) < 0) { throw Failed("start an utterance"); }
        _open = true;
    }

    /// <summary>Searches further frames of normalised cepstra; the first call of an utterance brings at least four.</summary>
    public unsafe void Feed(ReadOnlySpan<float> cepstra)
    {
        const int Chunk = 64;
        var frames = stackalloc float*[Chunk];
        fixed (float* first = cepstra)
        {
            var count = cepstra.Length / Cepstra.Size;
            for (var at = 0; at < count; at += Chunk)
            {
                var part = Math.Min(Chunk, count - at);
                for (var i = 0; i < part; i++) { frames[i] = first + ((at + i) * Cepstra.Size); }
                if (SphinxLibrary.ProcessCepstra(_handle, frames, part, 0, 0) < 0) { throw Failed("decode"); }
            }
        }
    }

    /// <summary>Ends the utterance, if one is open.</summary>
    public void Stop()
    {
        if (!_open) { return; }
        _open = false;
        _ = SphinxLibrary.EndUtterance(_handle);
    }

    /// <summary>The best path so far, or of the whole utterance after <see cref="Stop"/>.</summary>
    public Decoding Read()
    {
        var text = Marshal.PtrToStringUTF8(SphinxLibrary.Hypothesis(_handle, out var score)) ?? "";
        if (text.Length == 0) { return Decoding.Nothing; }
        var posterior = _open ? 0 : SphinxLibrary.Posterior(_handle) * s_log;
        var unit = _isGrammar ? s_score : s_log;
        var segments = new List<Segment>();
        for (var at = SphinxLibrary.FirstSegment(_handle); at != nint.Zero; at = SphinxLibrary.NextSegment(at))
        {
            var label = Marshal.PtrToStringUTF8(SphinxLibrary.SegmentWord(at)) ?? "";
            if (!IsWord(label)) { continue; }
            SphinxLibrary.SegmentFrames(at, out var first, out var last);
            var logPosterior = SphinxLibrary.SegmentPosterior(at, out var acoustic, out var language, out _) * s_log;
            segments.Add(new(WithoutVariant(label), first, last, acoustic * unit, language * unit, logPosterior));
        }
        return new(segments, score * s_score, posterior, SphinxLibrary.FrameCount(_handle));
    }

    public void Dispose() => _handle.Dispose();

    // Silence, noises and empty transitions are <sil>, [NOISE], ++BREATH++, (NULL); the second pronunciation of a word is word(2).
    private static bool IsWord(string label) => label.Length > 0 && label[0] is not ('<' or '[' or '+' or '(');

    private static string WithoutVariant(string label) => label.IndexOf('(', StringComparison.Ordinal) is > 0 and var at ? label[..at] : label;

    private static VoiceException Failed(string what) => new(VoiceStage.Asr, string.Create(CultureInfo.InvariantCulture, $"PocketSphinx could not {what}."));
}
