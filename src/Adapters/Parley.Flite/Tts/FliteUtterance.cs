using System.Runtime.InteropServices;
using Parley.Tts;
using static Parley.Flite.Tts.FliteNative;

namespace Parley.Flite.Tts;

/// <summary>An utterance of flite's: text in, then segments, words and audio out.</summary>
/// <remarks>Use it only while holding the engine.</remarks>
internal sealed unsafe class FliteUtterance : SafeHandle
{
    public FliteUtterance() : base(0, ownsHandle: true) => SetHandle(new_utterance());

    public override bool IsInvalid => handle == 0;

    public Wave* Wave => utt_wave(handle);

    // The utterance's features are its first field. utt_init copies the voice's into them; setting one here leaves the voice as it is.
    private nint Features => *(nint*)handle;

    public void Prepare(string text, nint voice, double speed, StreamingInfo* streaming)
    {
        utt_set_input_text(handle, text);
        _ = utt_init(handle, voice);
        feat_set_float(Features, Name("duration_stretch"u8), (float)(1 / speed));
        feat_set(Features, Name("streaming_info"u8), audio_streaming_info_val(streaming));
    }

    /// <returns>False when flite gave up.</returns>
    public bool Synthesize() => utt_synth(handle) != 0;

    /// <summary>The silence, in samples, before the first word; valid as soon as durations are known, which is before the first audio.</summary>
    public long LeadingSilence(int sampleRate) =>
        Items(Head("Segment"u8)) is [var first, _, ..] && StringOf(first) == PhoneVisemes.Pause ? EndOf(first, sampleRate) : 0;

    /// <summary>Reads the spans; valid as soon as durations are known.</summary>
    /// <param name="text">The text that was synthesised.</param>
    /// <param name="sampleRate">Samples a second.</param>
    /// <param name="trim">Samples left out at the start; positions count from the first one after them.</param>
    /// <param name="total">Samples that follow; where the last phone ends.</param>
    public SpeechTimings ReadTimings(FliteText text, int sampleRate, long trim, long total)
    {
        var phones = new List<PhoneSpan>();
        var index = new Dictionary<nint, int>();
        long start = 0;
        foreach (var segment in Items(Head("Segment"u8)))
        {
            var end = Math.Clamp(EndOf(segment, sampleRate) - trim, start, total);
            index[ContentsOf(segment)] = phones.Count;
            phones.Add(new PhoneSpan(StringOf(segment), start, end - start));
            start = end;
        }
        if (phones.Count > 0) { phones[^1] = phones[^1] with { Samples = total - phones[^1].StartSample }; }
        var words = ReadWords(text, phones, index);
        return new SpeechTimings([.. phones.Where(p => p.Samples > 0)], words);
    }

    protected override bool ReleaseHandle()
    {
        delete_utterance(handle);
        return true;
    }

    // A token is a word as it is written ("25"); flite's own words ("twenty", "five") hang below it, and below them syllables and segments.
    private List<WordSpan> ReadWords(FliteText text, List<PhoneSpan> phones, Dictionary<nint, int> index)
    {
        var words = new List<WordSpan>();
        var position = 0;
        foreach (var token in Items(Head("Token"u8)))
        {
            var name = StringOf(token);
            var at = text.Ascii.IndexOf(name, position, StringComparison.Ordinal);
            if (at < 0 || name.Length == 0) { continue; }
            position = at + name.Length;
            int first = int.MaxValue, last = -1;
            foreach (var word in Items(item_daughter(token)))
            foreach (var syllable in Items(item_daughter(item_as(word, Name("SylStructure"u8)))))
            foreach (var segment in Items(item_daughter(syllable)))
            {
                if (!index.TryGetValue(ContentsOf(segment), out var i)) { continue; }
                first = Math.Min(first, i);
                last = Math.Max(last, i);
            }
            if (last < 0) { continue; }
            var (source, offset) = text.Source(at, name.Length);
            var begin = phones[first].StartSample;
            words.Add(new WordSpan(source, offset, begin, phones[last].StartSample + phones[last].Samples - begin));
        }
        return words;
    }

    private nint Head(ReadOnlySpan<byte> relation) =>
        utt_relation(handle, Name(relation)) is var found and not 0 ? relation_head(found) : 0;

    private static long EndOf(nint segment, int sampleRate) =>
        (long)Math.Round(item_feat_float(segment, Name("end"u8)) * (double)sampleRate);

    private static List<nint> Items(nint first)
    {
        var items = new List<nint>();
        for (var item = first; item != 0; item = item_next(item)) { items.Add(item); }
        return items;
    }

    // One item appears in several relations; its contents, the struct's first field, are the same in all.
    private static nint ContentsOf(nint item) => *(nint*)item;

    private static string StringOf(nint item) => Marshal.PtrToStringUTF8((nint)item_feat_string(item, Name("name"u8))) ?? "";
}
