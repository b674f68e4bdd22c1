namespace Parley.Tts;

/// <summary>A piece of synthesised speech. All sample positions count from the first sample of the request that it belongs to.</summary>
/// <param name="Samples">Mono PCM16. Nobody writes to it after the chunk is created.</param>
/// <param name="SampleRate">Samples a second; the same in all chunks of one request.</param>
/// <param name="Phones">Phones that begin in this chunk.</param>
/// <param name="Visemes">Mouth shapes that begin in this chunk; together they cover the audio without gap.</param>
/// <param name="Words">Words that begin in this chunk.</param>
public sealed record SpeechChunk(
    ReadOnlyMemory<short> Samples,
    int SampleRate,
    IReadOnlyList<PhoneSpan> Phones,
    IReadOnlyList<VisemeSpan> Visemes,
    IReadOnlyList<WordSpan> Words);

/// <summary>A phone (ARPAbet in lower case without stress, <c>pau</c> for silence) and where it sounds.</summary>
public readonly record struct PhoneSpan(string Phone, long StartSample, long Samples);

/// <summary>A mouth shape, where it stands, and how strong it is (0 to 1).</summary>
public readonly record struct VisemeSpan(Viseme Viseme, long StartSample, long Samples, float Weight = 1);

/// <summary>A word of the request's text (<see cref="TextOffset"/> characters into it) and where it sounds.</summary>
public readonly record struct WordSpan(string Word, int TextOffset, long StartSample, long Samples);
