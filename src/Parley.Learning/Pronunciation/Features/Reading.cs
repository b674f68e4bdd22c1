using Parley.Alignment;

namespace Parley.Learning.Pronunciation.Features;

/// <summary>A text as it was read aloud: where its phones sound, and the recording's level and pitch.</summary>
/// <remarks>Immutable.</remarks>
internal sealed class Reading
{
    public Reading(PhoneAlignment alignment, SpeechTrack track)
    {
        (Alignment, Track) = (alignment, track);
        Phones = [.. alignment.Words.SelectMany((word, w) => word.Phones.Select((phone, i) => (w, i, word.Phones.Count, phone)))
            .Select((p, index) => new SpokenPhone(p.w, p.i, p.Count, p.phone, alignment, index))];
    }

    public PhoneAlignment Alignment { get; }

    public SpeechTrack Track { get; }

    /// <summary>All phones in order; at least one.</summary>
    public IReadOnlyList<SpokenPhone> Phones { get; }

    /// <summary>The frames between two phones that follow each other, where nothing of the text sounds.</summary>
    public IEnumerable<int> Gaps => Phones.Zip(Phones.Skip(1), (before, after) => after.At.First - before.At.End);

    /// <summary>How much of the speech lies under the text; 1 where nothing is voiced.</summary>
    public double ShareOfSpeech()
    {
        const float Quiet = 15; // dB below the text: what else sounds in the room
        var floor = Phones.Average(p => LevelOf(p.At)) - Quiet;
        var under = Phones.SelectMany(p => Enumerable.Range(p.At.First, p.At.Frames)).ToHashSet();
        var speech = Enumerable.Range(0, Track.Levels.Count).Where(f => !float.IsNaN(Track.Pitches[f]) && Track.Levels[f] >= floor).ToArray();
        return speech.Length == 0 ? 1 : speech.Count(under.Contains) / (double)speech.Length;
    }

    /// <summary>Mean level of a phone, in dB.</summary>
    public float LevelOf(AlignedPhone phone) => Mean(Track.Levels, phone.First, phone.End);

    /// <summary>Mean pitch of a phone in semitones; NaN where it has none.</summary>
    public float PitchOf(AlignedPhone phone) => Mean(Track.Pitches, phone.First, phone.End);

    private static float Mean(IReadOnlyList<float> values, int first, int end)
    {
        var (sum, count) = (0f, 0);
        for (var i = first; i < Math.Min(end, values.Count); i++)
        {
            if (!float.IsNaN(values[i])) { (sum, count) = (sum + values[i], count + 1); }
        }
        return count == 0 ? float.NaN : sum / count;
    }
}
