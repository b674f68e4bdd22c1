using System.Text.Json.Serialization;

namespace Parley.Asr;

/// <summary>What the reply stage expects to hear in the next turn. An engine uses as much of it as it can.</summary>
public sealed record RecognitionHints
{
    /// <summary>Whole answers that were offered to the speaker; one of them is likely. Up to 80.</summary>
    public IReadOnlyList<string> Answers { get; init; } = [];

    /// <summary>Phrases that may stand anywhere in the utterance: names, terms, slot values.</summary>
    public IReadOnlyList<string> Phrases { get; init; } = [];

    /// <summary>Sentences like those that may be said, hundreds where there are; what is said otherwise is understood as well. The same list again costs nothing.</summary>
    /// <remarks>Not recorded: it would be the same in every turn of a scenario.</remarks>
    [JsonIgnore]
    public IReadOnlyList<string> Sentences { get; init; } = [];

    /// <summary>Path of a small n-gram language model (ARPA or binary) for this turn; null for the engine's own.</summary>
    public string? LanguageModelPath { get; init; }

    /// <summary>Whether the speaker may say something that is in none of the lists. The default is true.</summary>
    public bool AllowOther { get; init; } = true;

    /// <summary>Whether there is nothing here to guide a decoder.</summary>
    public bool IsEmpty => Answers.Count == 0 && Phrases.Count == 0 && LanguageModelPath is null;
}
