using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Replies;

/// <summary>What <see cref="ClarifyingChatClient"/> keeps on an assistant's message.</summary>
internal sealed record ClarifyState
{
    public ClarifyAsk Ask { get; init; }

    /// <summary>The doubtful text, where it was asked about.</summary>
    public string? Text { get; init; }

    /// <summary>The answers that the inner client offered last.</summary>
    public IReadOnlyList<Suggestion> Offered { get; init => field = value ?? []; } = [];

    /// <summary>The phrases of its hints.</summary>
    public IReadOnlyList<string> Phrases { get; init => field = value ?? []; } = [];

    public override string ToString() => JsonSerializer.Serialize(this, ClarifyStateJsonContext.Default.ClarifyState);

    /// <summary>The state that <see cref="ToString"/> gave; null for anything else.</summary>
    public static ClarifyState? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) { return null; }
        try { return JsonSerializer.Deserialize(text, ClarifyStateJsonContext.Default.ClarifyState); }
        catch (JsonException) { return null; }
    }
}

/// <summary>What an assistant's message of <see cref="ClarifyingChatClient"/> asks.</summary>
internal enum ClarifyAsk
{
    /// <summary>Nothing: it is the inner client's own.</summary>
    Nothing,

    /// <summary>Whether the text was heard right.</summary>
    Confirm,

    /// <summary>To say it again.</summary>
    Repeat,
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(ClarifyState))]
internal sealed partial class ClarifyStateJsonContext : JsonSerializerContext;
