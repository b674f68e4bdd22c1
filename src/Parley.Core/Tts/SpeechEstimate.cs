using Parley.Audio;

namespace Parley.Tts;

/// <summary>
/// Estimates what sounds when in speech that streams in from an engine which tells no times, and cuts it into chunks. The phones are guessed from the
/// spelling; they pass while it sounds, at the voice's pace, and stand still where the audio pauses.
/// </summary>
/// <remarks>
/// One caller, one request. A seventh of a second is held back until the end, so that what is left of the text has a place when the audio ends sooner
/// than estimated; and no word is said to last longer than the audio that is known of. The times do not depend on the pieces in which the audio comes.
/// </remarks>
public sealed class SpeechEstimate
{
    private const int FramesPerSecond = 100, HeldFrames = 15, StepFrames = 10;

    /// <summary>Below this level (root mean square of PCM16) nothing sounds; so many frames of it are a pause and not a stop consonant.</summary>
    private const double Silence = 120;

    private const int PauseFrames = 8;

    private readonly int _rate, _frame;
    private readonly SpeakingPace _pace;
    private readonly double _speed;
    private readonly (string Phone, int Word, double Seconds)[] _phones;
    private readonly TextWord[] _words;
    private readonly List<short> _pending = [];
    private readonly List<bool> _sounds = [];
    private long _position, _sounding;
    private int _next;
    private double _left;
    private int _wordsDone;

    /// <param name="text">The request's text.</param>
    /// <param name="sampleRate">Samples a second.</param>
    /// <param name="speed">The speed that was asked for.</param>
    /// <param name="pace">What is known of the voice; it learns from this clause.</param>
    public SpeechEstimate(string text, int sampleRate, double speed = 1, SpeakingPace? pace = null)
        : this(TextWords.Find(text), sampleRate, speed, pace ?? new SpeakingPace())
    {
    }

    private SpeechEstimate(IReadOnlyList<TextWord> words, int sampleRate, double speed, SpeakingPace pace)
    {
        (_rate, _frame, _speed, _pace) = (sampleRate, sampleRate / FramesPerSecond, speed, pace);
        _words = [.. words];
        var factor = _pace.Factor / speed / 1000;
        _phones = [.. _words.SelectMany((w, i) => SpellingPhones.Of(w.Word).Select(p => (p, i, PhoneDurations.Of(p) * factor)))];
        _left = _phones.Length > 0 ? _phones[0].Seconds : 0;
    }

    /// <summary>Lays words over audio that is there as a whole: their phones share the time in which it sounds.</summary>
    /// <param name="words">The words that are spoken in it, of the request's text.</param>
    /// <param name="samples">The audio, not empty.</param>
    /// <param name="sampleRate">Samples a second.</param>
    /// <param name="origin">Where it begins in its request.</param>
    public static SpeechChunk Of(IReadOnlyList<TextWord> words, ReadOnlySpan<short> samples, int sampleRate, long origin = 0)
    {
        ArgumentOutOfRangeException.ThrowIfZero(samples.Length);
        var estimate = new SpeechEstimate(words, sampleRate, 1, new SpeakingPace()) { _position = origin };
        estimate.Take(samples);
        return estimate.Complete()!;
    }

    /// <summary>Takes the next audio.</summary>
    /// <returns>A chunk, once there is enough for one; else null.</returns>
    public SpeechChunk? Push(ReadOnlySpan<short> samples)
    {
        Take(samples);
        List<SpeechChunk> steps = [];
        while (_sounds.Count >= HeldFrames + StepFrames) { steps.Add(Cut(StepFrames, StepFrames * _frame, HeldFrames + StepFrames, scale: 1)); }
        return steps.Count == 0 ? null : new SpeechChunk(
            steps.SelectMany(s => s.Samples.ToArray()).ToArray(), _rate, [.. steps.SelectMany(s => s.Phones)], [.. steps.SelectMany(s => s.Visemes)], [.. steps.SelectMany(s => s.Words)]);
    }

    /// <summary>Ends the audio.</summary>
    /// <returns>What was held back; null where no audio came at all.</returns>
    public SpeechChunk? Complete()
    {
        if (_pending.Count == 0) { return null; }
        if (_pending.Count % _frame != 0) { _sounds.Add(_sounds.Count > 0 && _sounds[^1]); }
        var room = Math.Max(1, Enumerable.Range(0, _sounds.Count).Count(f => Sounds(f, _sounds.Count))) / (double)FramesPerSecond;
        var rest = _left + _phones.Skip(_next + 1).Sum(p => p.Seconds);
        var chunk = Cut(_sounds.Count, _pending.Count, _sounds.Count, scale: rest > 0 ? room / rest : 1);
        _pace.Learn(TimeSpan.FromSeconds(_sounding * _speed / FramesPerSecond), TimeSpan.FromSeconds(_phones.Sum(p => p.Seconds) * _speed / _pace.Factor));
        return chunk;
    }

    private void Take(ReadOnlySpan<short> samples)
    {
        _pending.AddRange(samples);
        for (var start = _sounds.Count * _frame; start + _frame <= _pending.Count; start += _frame)
        {
            var sum = 0d;
            for (var i = start; i < start + _frame; i++) { sum += (double)_pending[i] * _pending[i]; }
            _sounds.Add(Math.Sqrt(sum / _frame) >= Silence);
        }
    }

    /// <summary>Whether the frame belongs to speech: it sounds, or the silence around it is short.</summary>
    private bool Sounds(int frame, int known)
    {
        if (_sounds[frame]) { return true; }
        var (from, to) = (frame, frame);
        while (from > 0 && !_sounds[from - 1]) { from--; }
        while (to < known - 1 && !_sounds[to + 1]) { to++; }
        return to - from + 1 < PauseFrames && from > 0 && to < known - 1;
    }

    /// <summary>Makes a chunk of the first frames; <paramref name="scale"/> stretches what is left of the text to the sound that is left. So many frames are known of.</summary>
    private SpeechChunk Cut(int frames, int samples, int known, double scale)
    {
        var phones = new List<PhoneSpan>();
        var words = new List<WordSpan>();
        for (var frame = 0; frame < frames; frame++)
        {
            var start = _position + frame * _frame;
            var length = Math.Min(_frame, samples - frame * _frame);
            if (!Sounds(frame, known))
            {
                Extend(phones, PhoneVisemes.Pause, start, length);
                continue;
            }
            _sounding++;
            Begin(words, start, scale);
            Extend(phones, _phones.Length == 0 ? "ah" : _phones[Math.Min(_next, _phones.Length - 1)].Phone, start, length);
            Pass((double)length / _rate / scale, start, words, scale);
        }
        if (frames == known) { BeginRest(words, _position + samples - 1); }
        var end = _position + Math.Min(_pending.Count, known * _frame);
        var chunk = new SpeechChunk(
            _pending.GetRange(0, samples).ToArray(), _rate, phones, PhoneVisemes.Track(phones), [.. words.Select(w => w with { Samples = Math.Min(w.Samples, end - w.StartSample) })]);
        _pending.RemoveRange(0, samples);
        _sounds.RemoveRange(0, frames);
        _position += samples;
        return chunk;
    }

    private static void Extend(List<PhoneSpan> phones, string phone, long start, long length)
    {
        if (phones.Count > 0 && phones[^1].Phone == phone) { phones[^1] = phones[^1] with { Samples = phones[^1].Samples + length }; }
        else { phones.Add(new PhoneSpan(phone, start, length)); }
    }

    private void Pass(double seconds, long start, List<WordSpan> words, double scale)
    {
        _left -= seconds;
        while (_left <= 0 && _next < _phones.Length)
        {
            _next++;
            if (_next < _phones.Length) { _left += _phones[_next].Seconds; }
            if (_left <= 0) { Begin(words, start, scale); }
        }
    }

    /// <summary>The word of the present phone begins, if it has not.</summary>
    private void Begin(List<WordSpan> words, long start, double scale)
    {
        while (_next < _phones.Length && _wordsDone <= _phones[_next].Word) { Add(words, start, scale); }
    }

    private void BeginRest(List<WordSpan> words, long start)
    {
        while (_wordsDone < _words.Length) { Add(words, start, 1); }
    }

    private void Add(List<WordSpan> words, long start, double scale)
    {
        var word = _words[_wordsDone];
        var seconds = _phones.Where(p => p.Word == _wordsDone).Sum(p => p.Seconds) * scale;
        words.Add(new WordSpan(word.Word, word.Offset, start, Math.Max(1, AudioMath.SamplesIn(TimeSpan.FromSeconds(seconds), _rate))));
        _wordsDone++;
    }
}
