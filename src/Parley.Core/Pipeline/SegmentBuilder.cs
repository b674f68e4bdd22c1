using Parley.Audio;
using Parley.Transports.Protocol;
using Parley.Tts;

namespace Parley.Pipeline;

/// <summary>Carries one clause's audio from the engine's rate and its own sample count to the session's rate and the generation's count.</summary>
internal sealed class SegmentBuilder(Clause clause, uint segment, long firstSample, int outputRate)
{
    private readonly long _start = firstSample;
    private Resampler? _resampler;
    private int _searchFrom;

    /// <summary>Just after the last sample so far.</summary>
    public long EndSample { get; private set; } = firstSample;

    public SpokenPiece Add(SpeechChunk chunk)
    {
        if (chunk.SampleRate != outputRate) { _resampler ??= new Resampler(chunk.SampleRate, outputRate); }
        var samples = _resampler is null ? chunk.Samples : Resample(chunk.Samples.Span, _resampler);
        var visemes = new List<VisemeItem>(chunk.Visemes.Count);
        foreach (var v in chunk.Visemes)
        {
            var start = Scale(v.StartSample, chunk.SampleRate);
            visemes.Add(new VisemeItem(_start + start, Scale(v.StartSample + v.Samples, chunk.SampleRate) - start, v.Viseme, v.Weight));
        }
        var words = new List<WordItem>(chunk.Words.Count);
        var heard = new List<(long, int)>(chunk.Words.Count);
        foreach (var w in chunk.Words)
        {
            if (Find(w) is { } at)
            {
                var start = Scale(w.StartSample, chunk.SampleRate);
                words.Add(new WordItem(_start + start, Scale(w.StartSample + w.Samples, chunk.SampleRate) - start, clause.Offset + at, clause.Offset + at + w.Word.Length));
            }
            // A word counts as heard from its middle on.
            heard.Add((_start + Scale(w.StartSample + w.Samples / 2, chunk.SampleRate), clause.Offset + _searchFrom));
        }
        return Piece(samples, visemes, words, heard);
    }

    /// <summary>The resampler's rest, and the mark that the whole clause was heard.</summary>
    public SpokenPiece? Finish()
    {
        if (EndSample == _start) { return null; }
        var rest = ReadOnlyMemory<short>.Empty;
        if (_resampler is not null)
        {
            var buffer = new short[_resampler.MaxOutput(0)];
            rest = buffer.AsMemory(0, _resampler.Flush(buffer));
        }
        return Piece(rest, [], [], [(EndSample + rest.Length, clause.Offset + clause.Text.Length)]);
    }

    private SpokenPiece Piece(
        ReadOnlyMemory<short> samples, IReadOnlyList<VisemeItem> visemes, IReadOnlyList<WordItem> words, IReadOnlyList<(long, int)> heard)
    {
        var piece = new SpokenPiece(segment, clause.Text.Trim(), EndSample, samples, visemes, words, heard);
        EndSample += samples.Length;
        return piece;
    }

    private static ReadOnlyMemory<short> Resample(ReadOnlySpan<short> samples, Resampler resampler)
    {
        var output = new short[resampler.MaxOutput(samples.Length)];
        return output.AsMemory(0, resampler.Process(samples, output));
    }

    private long Scale(long sample, int rate) => rate == outputRate ? sample : sample * outputRate / rate;

    /// <summary>Where the word begins in the clause's text. What is spoken may differ from it (markup is dropped), so it is looked for in order.</summary>
    private int? Find(WordSpan word)
    {
        var at = clause.Text.IndexOf(word.Word, _searchFrom, StringComparison.OrdinalIgnoreCase);
        if (at < 0) { return null; }
        _searchFrom = at + word.Word.Length;
        return at;
    }
}
