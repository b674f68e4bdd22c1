using System.Text.Json.Serialization;

namespace Parley.Transports.Protocol;

/// <summary>Something was found in a turn; more follows.</summary>
/// <param name="TurnId">The turn.</param>
/// <param name="ItemId">Its name, for <see cref="FeedbackAck"/>.</param>
/// <param name="Stage">What found it.</param>
/// <param name="Item">What was found.</param>
public sealed record FeedbackDelta(string TurnId, string ItemId, FeedbackStage Stage, FeedbackItem Item) : ServerMessage;

/// <summary>All that was found in a turn. A part that was not asked for, or could not be judged, is absent.</summary>
/// <param name="TurnId">The turn.</param>
/// <param name="Text">What was looked at; spans count its characters.</param>
/// <param name="Confidence">How far this can be trusted, 0 to 1.</param>
public sealed record FeedbackFinal(string TurnId, string Text, double Confidence) : ServerMessage
{
    public PronunciationFeedback? Pronunciation { get; init; }

    public IReadOnlyList<GrammarCorrection>? GrammarCorrections { get; init; }

    public DiscourseFeedback? Discourse { get; init; }

    /// <summary>Stages that did without something that they have else, such as a language model.</summary>
    public IReadOnlyList<FeedbackStage>? Degraded { get; init; }
}

[JsonConverter(typeof(SnakeCaseEnumConverter<FeedbackStage>))]
public enum FeedbackStage
{
    Pronunciation,
    Grammar,
    Discourse,
    Explanation,

    /// <summary>What is remembered of the learner.</summary>
    Memory,
}

/// <summary>One thing that was found.</summary>
/// <param name="Span">Where in the text: the first character, and the one behind the last.</param>
/// <param name="Original">What was said there.</param>
public sealed record FeedbackItem(IReadOnlyList<int> Span, string Original)
{
    /// <summary>What is right; null where it is said right, and could sound better.</summary>
    public string? Correction { get; init; }

    /// <summary>How good it was, 0 to 100; null where that has no sense.</summary>
    public double? Score { get; init; }

    /// <summary>What was broken: a rule of grammar, a sound, or <c>stress</c> where another syllable stood out.</summary>
    public string? Rule { get; init; }

    /// <summary>Why a native speaker does not say so.</summary>
    public string? Explain { get; init; }

    public CorrectionSource? Source { get; init; }
}

/// <summary>How a turn was pronounced; scores are from 0 to 100.</summary>
public sealed record PronunciationFeedback(double Overall, double Accuracy, double Fluency, double Prosody, double Completeness)
{
    /// <summary>Each word of the text with its score.</summary>
    public IReadOnlyList<WordScore> WordScores { get; init; } = [];

    /// <summary>The same words with their sounds.</summary>
    public IReadOnlyList<PronouncedWord> Words { get; init; } = [];

    /// <summary>How it differs from a native voice, for a picture; null where there is none to compare it with.</summary>
    public PronunciationDifference? Difference { get; init; }
}

/// <summary>How an utterance differs from a native voice's reading of the same text; no grade.</summary>
/// <param name="Voice">The voice.</param>
/// <param name="StepMs">From one value to the next.</param>
/// <param name="Distortion">From the utterance's first sample on, in dB; null where nothing of the text sounds.</param>
/// <param name="ReferenceMs">The moment of the voice's reading that each is compared with, likewise.</param>
public sealed record PronunciationDifference(string Voice, int StepMs, IReadOnlyList<double?> Distortion, IReadOnlyList<int?> ReferenceMs);

/// <summary>How a word differs from a native voice's.</summary>
/// <param name="Distortion">In dB.</param>
/// <param name="Stretch">How many times as long it lasts.</param>
public sealed record WordDifference(double Distortion, double Stretch);

/// <summary>A word with its sounds, whose times count from the first sample of the utterance.</summary>
public sealed record PronouncedWord(string Text, double Accuracy, double? Stress, string Error, IReadOnlyList<PronouncedPhone> Phones)
{
    /// <summary>How it differs from a native voice's; null where there is none to compare it with.</summary>
    public WordDifference? Difference { get; init; }
}

/// <summary>A sound.</summary>
/// <param name="Phone">In ARPAbet.</param>
/// <param name="Score">0 to 100.</param>
/// <param name="Said">What it may have been confused with; null mostly, for that is rarely certain.</param>
/// <param name="StartMs">Where it begins.</param>
/// <param name="EndMs">Where it ends.</param>
public sealed record PronouncedPhone(string Phone, double Score, string? Said, long StartMs, long EndMs);

/// <summary>Something that is said better another way.</summary>
public sealed record GrammarCorrection(string ItemId, IReadOnlyList<int> Span, string Original, string Correction, string Rule, string Explain, CorrectionSource Source);

[JsonConverter(typeof(SnakeCaseEnumConverter<CorrectionSource>))]
public enum CorrectionSource
{
    Rule,
    Model,
}

/// <summary>How a turn fits to what went before.</summary>
/// <param name="Coherence">0 to 100; null while too little was said.</param>
public sealed record DiscourseFeedback(double? Coherence)
{
    /// <summary>How much it says the same as the text that it was to say, 0 to 100; null where there is none, or nothing that compares them.</summary>
    public double? AnswerMatch { get; init; }
}
