using Parley.Tts;

namespace Parley.WebSockets.ElevenLabs;

/// <summary>Makes chunks of audio whose characters' times are told: words stand where their characters do, and their phones share that time.</summary>
/// <remarks>One caller, one request. A word that goes on in the next message is given the time that is known of it.</remarks>
internal sealed class AlignedSpeech(string text, int sampleRate)
{
    private readonly IReadOnlyList<TextWord> _words = TextWords.Find(text);
    private int _cursor;
    private int _next;
    private long _position;

    /// <summary>The chunk of one message.</summary>
    /// <param name="samples">Its audio.</param>
    /// <param name="alignment">Its characters; null: none.</param>
    public SpeechChunk Take(short[] samples, WireAlignment? alignment)
    {
        var length = samples.Length;
        var known = Locate(alignment, length);
        var words = new List<WordSpan>();
        var phones = new List<PhoneSpan>();
        long at = 0;
        foreach (var (word, start, end) in known)
        {
            if (word == _next)
            {
                words.Add(new WordSpan(_words[word].Word, _words[word].Offset, _position + start, Math.Max(1, end - start)));
                _next++;
            }
            Spread(phones, [PhoneVisemes.Pause], ref at, start);
            Spread(phones, SpellingPhones.Of(_words[word].Word), ref at, end);
        }
        Spread(phones, [PhoneVisemes.Pause], ref at, length);
        PhoneSpan[] placed = [.. phones.Select(p => p with { StartSample = p.StartSample + _position })];
        _position += length;
        return new SpeechChunk(samples, sampleRate, placed, PhoneVisemes.Track(placed), words);
    }

    /// <summary>Ends the audio: words whose times were not told come with a hundredth of a second of silence. Null: there are none.</summary>
    public SpeechChunk? Finish()
    {
        if (_next >= _words.Count) { return null; }
        var silence = new short[sampleRate / 100];
        PhoneSpan[] pause = [new(PhoneVisemes.Pause, _position, silence.Length)];
        return new SpeechChunk(silence, sampleRate, pause, PhoneVisemes.Track(pause), [.. _words.Skip(_next).Select(w => new WordSpan(w.Word, w.Offset, _position, silence.Length))]);
    }

    /// <summary>The words that sound in the message, each from its first to its last character, in samples of the message.</summary>
    private List<(int Word, long Start, long End)> Locate(WireAlignment? alignment, int length)
    {
        var found = new List<(int Word, long Start, long End)>();
        var chars = alignment?.Chars ?? [];
        var (starts, durations) = (alignment?.Starts ?? [], alignment?.Durations ?? []);
        // Times count from the message's audio; some versions count from the begin of all audio.
        var offset = starts.Count > 0 && _position > 0 && Samples(starts[0]) >= _position - sampleRate / 20 ? _position : 0;
        for (var i = 0; i < Math.Min(chars.Count, Math.Min(starts.Count, durations.Count)); i++)
        {
            if (chars[i].Length == 0 || text.IndexOf(chars[i], _cursor, Math.Min(text.Length - _cursor, 8), StringComparison.Ordinal) is var at && at < 0) { continue; }
            _cursor = at + chars[i].Length;
            var word = WordAt(at);
            if (word < 0) { continue; }
            var start = Math.Clamp(Samples(starts[i]) - offset, 0, length - 1);
            var end = Math.Clamp(start + Samples(durations[i]), start + 1, length);
            if (found.Count > 0 && found[^1].Word == word) { found[^1] = found[^1] with { End = Math.Max(found[^1].End, end) }; }
            else if (found.Count == 0 || (found[^1].Word < word && found[^1].End < length))
            {
                // Words that the service passed over begin with the one that it told.
                for (var passed = Math.Max(_next, found.Count > 0 ? found[^1].Word + 1 : 0); passed < word; passed++) { found.Add((passed, Start(), Start() + 1)); }
                found.Add((word, Math.Min(Start(), length - 1), end));

                long Start() => found.Count > 0 ? Math.Clamp(Math.Max(start, found[^1].End), 0, length - 1) : start;
            }
        }
        return found;
    }

    private int WordAt(int offset)
    {
        for (var i = Math.Max(0, _next - 1); i < _words.Count && _words[i].Offset <= offset; i++)
        {
            if (offset < _words[i].Offset + _words[i].Word.Length) { return i; }
        }
        return -1;
    }

    private long Samples(double milliseconds) => double.IsFinite(milliseconds) ? (long)Math.Clamp(milliseconds * sampleRate / 1000, 0, 1e9) : 0;

    private static void Spread(List<PhoneSpan> spans, IReadOnlyList<string> phones, ref long at, long end)
    {
        var (begin, total, passed) = (at, phones.Sum(PhoneDurations.Of), 0);
        foreach (var phone in phones)
        {
            passed += PhoneDurations.Of(phone);
            var next = begin + (end - begin) * passed / total;
            if (next <= at) { continue; }
            spans.Add(new PhoneSpan(phone, at, next - at));
            at = next;
        }
    }
}
