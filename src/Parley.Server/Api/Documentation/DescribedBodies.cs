using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Parley.Server.Api.Documentation;

// What clients send and are sent, for the OpenAPI document alone, where endpoints read field by field, so that each that is wrong is named, or write what has no type.

/// <summary>A request for a chat completion; further fields of OpenAI's are passed on to engines that know them.</summary>
internal sealed record ChatBody(string Model, IReadOnlyList<JsonElement> Messages, bool? Stream, double? Temperature, int? MaxCompletionTokens, IReadOnlyList<JsonElement>? Tools, bool? DisableQuickResponse);

/// <summary>A chat completion, or with <c>stream</c> its chunks as events.</summary>
internal sealed record ChatAnswer(string Id, string Object, long Created, string Model, IReadOnlyList<JsonElement> Choices, JsonElement? Usage);

/// <summary>A text to be spoken.</summary>
internal sealed record SpeechBody(string Model, string Input, string? Voice, string? ResponseFormat, double? Speed, string? StreamFormat, string? Instructions);

/// <summary>A recording to be written down.</summary>
internal sealed record TranscriptionFields(IFormFile File, string Model, string? Language, string? Prompt, string? ResponseFormat, double? Temperature, IReadOnlyList<string>? TimestampGranularities, bool? Stream);

/// <summary>A recording of a text that was read aloud.</summary>
internal sealed record AssessFields(IFormFile Audio, string Text);

/// <summary>A review item, said.</summary>
internal sealed record AttemptFields(IFormFile Audio, int? Tries, int? HesitationMs);

/// <summary>Texts to be embedded: one, a list of them, or lists of tokens.</summary>
internal sealed record EmbeddingBody(string Model, JsonElement Input, int? Dimensions, string? EncodingFormat);

/// <summary>Their vectors, in order.</summary>
internal sealed record EmbeddingAnswer(string Object, IReadOnlyList<EmbeddingItem> Data, string Model, EmbeddingUsage Usage);

/// <summary>One vector: numbers, or base64 of little-endian floats.</summary>
internal sealed record EmbeddingItem(string Object, int Index, JsonElement Embedding);

internal sealed record EmbeddingUsage(long PromptTokens, long TotalTokens);

/// <summary>A learner's text to be corrected.</summary>
internal sealed record CorrectBody(string Text, bool? Spoken, IReadOnlyList<double>? Confidences, string? Model);

/// <summary>What is set of a learner.</summary>
internal sealed record LearnerBody(string? FirstLanguage, string? Level);

/// <summary>How well an item was remembered: <c>again</c>, <c>hard</c>, <c>good</c> or <c>easy</c>.</summary>
internal sealed record RatingBody(string Rating);

/// <summary>How long a secret is to live, and how the session begins that it opens.</summary>
internal sealed record SecretBody(JsonElement? ExpiresAfter, JsonElement? Session);

/// <summary>Entries of a stored timeline, and the number to go on after, where there are more.</summary>
internal sealed record TimelineAnswer(IReadOnlyList<JsonElement> Data, long? Next);
