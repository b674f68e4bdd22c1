using Parley.Asr;
using Parley.Audio;

namespace Parley.OpenAICompatible.Asr;

/// <summary>Which stretch of an utterance is sent next, and what the stretches so far make together.</summary>
/// <remarks>One window at a time; <see cref="IsDue"/> from any thread.</remarks>
internal sealed class Windows(TranscriptionEngineOptions options, PooledSpeech audio)
{
    /// <summary>Windows overlap by this much stable text: it ties them together, and gives the model something to begin with.</summary>
    private static readonly TimeSpan s_overlap = TimeSpan.FromSeconds(2);

    private readonly LocalAgreement _agreement = new();
    private readonly int _step = (int)AudioMath.SamplesIn(options.WindowStep, AudioMath.SpeechRate);
    private TimeSpan _from;
    private int _sent;

    /// <summary>Whether enough new audio has come.</summary>
    public bool IsDue => audio.Samples - Volatile.Read(ref _sent) >= _step;

    /// <summary>The present window up to sample <paramref name="end"/>, and where in the utterance it begins.</summary>
    public (IReadOnlyList<ReadOnlyMemory<byte>> Audio, TimeSpan Offset) UpTo(int end) => (audio.Slice((int)AudioMath.SamplesIn(_from, AudioMath.SpeechRate), end), _from);

    /// <summary>The same, and the next window is due after it.</summary>
    public (IReadOnlyList<ReadOnlyMemory<byte>> Audio, TimeSpan Offset) Take(int end)
    {
        Volatile.Write(ref _sent, end);
        return UpTo(end);
    }

    /// <summary>Takes in what was heard in it.</summary>
    public PartialTranscript Push(IReadOnlyList<HeardWord> words)
    {
        var partial = _agreement.Push(words);
        Move();
        return partial;
    }

    /// <summary>All words if these are those of the last one; the speaker may yet go on.</summary>
    public IReadOnlyList<HeardWord> EndingWith(IReadOnlyList<HeardWord> words) => _agreement.EndingWith(words);

    /// <summary>A window that has grown too long begins later: after stable words, less the overlap.</summary>
    private void Move()
    {
        var sent = AudioMath.DurationOf(_sent, AudioMath.SpeechRate);
        var stable = _agreement.Stable;
        if (sent - _from <= options.Window || stable.Count == 0) { return; }
        if (stable[^1].End is { } end)
        {
            var kept = stable.Count;
            while (kept > 0 && (stable[kept - 1].End ?? TimeSpan.Zero) > end - s_overlap) { kept--; }
            if (kept > 0 && stable[kept - 1].End is { } border && border > _from) { MoveTo(border, kept); }
            return;
        }
        // Without times: as far into the window as the stable text is into the text, and a little less.
        var (share, total) = (stable.Sum(w => w.Text.Length + 1d), _agreement.Words.Sum(w => w.Text.Length + 1d));
        var estimate = TimeSpan.FromSeconds(sent.TotalSeconds * share / total) - s_overlap * 1.5;
        if (estimate > _from) { MoveTo(estimate, (int)(stable.Count * (estimate / sent))); }
    }

    private void MoveTo(TimeSpan from, int stableWords)
    {
        _from = from;
        _agreement.MoveWindow(stableWords);
    }
}
