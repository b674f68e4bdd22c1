using Parley.Audio;
using Parley.Transports.Realtime.Sessions;

namespace Parley.Transports.Realtime.Input;

/// <summary>The microphone's latest audio as the session hears it, so that what was said can be cut out of it.</summary>
internal sealed class SpeechTrail
{
    /// <summary>What is kept while nobody speaks, and while somebody does, beside the padding.</summary>
    private static readonly TimeSpan s_before = TimeSpan.FromSeconds(2), s_longest = TimeSpan.FromSeconds(62);

    private readonly Queue<(TimeSpan Start, ReadOnlyMemory<byte> Pcm, int Rate)> _pieces = new();

    /// <summary>How much was heard since the session began.</summary>
    public TimeSpan End { get; private set; }

    /// <summary>Whether somebody speaks: their audio is kept.</summary>
    public bool Keeps { get; set; }

    /// <summary>Takes audio as it is heard.</summary>
    /// <param name="pcm">PCM16.</param>
    /// <param name="rate">Its rate.</param>
    /// <param name="padding">How much before a turn belongs to it.</param>
    public void Add(ReadOnlyMemory<byte> pcm, int rate, TimeSpan padding)
    {
        _pieces.Enqueue((End, pcm, rate));
        End += AudioMath.DurationOf(pcm.Length / sizeof(short), rate);
        while (_pieces.TryPeek(out var oldest) && End - oldest.Start > (Keeps ? s_longest : s_before) + padding) { _pieces.Dequeue(); }
    }

    /// <summary>What began before <paramref name="until"/> is no part of anything any more.</summary>
    public void Forget(TimeSpan until)
    {
        while (_pieces.TryPeek(out var oldest) && oldest.Start < until) { _pieces.Dequeue(); }
    }

    /// <summary>The audio between two times as it stands on the line; null: it is not here, or came in another format.</summary>
    public byte[]? Cut(TimeSpan from, TimeSpan to, AudioFormat format)
    {
        var samples = new List<short>();
        foreach (var (start, pcm, rate) in _pieces)
        {
            if (rate != format.SampleRate) { return null; }
            var count = pcm.Length / sizeof(short);
            var first = Math.Clamp(AudioMath.SamplesIn(from - start, rate), 0, count);
            var last = Math.Clamp(AudioMath.SamplesIn(to - start, rate), first, count);
            samples.AddRange(Pcm16.ToSamples(pcm.Span[(int)(first * sizeof(short))..(int)(last * sizeof(short))]));
        }
        return samples.Count == 0 ? null : format.FromSamples([.. samples]);
    }
}
