using System.Text.Json;

namespace Parley.Replies.Wire;

/// <summary>
/// A chunk of an answer as a server sent it, in OpenAI's form: <see cref="Microsoft.Extensions.AI.ChatResponseUpdate.RawRepresentation"/> of an update
/// that answers a <see cref="WireRequest"/>. It is read in place and valid only until the next update is asked for.
/// </summary>
/// <remarks>Not thread-safe: one reader, one writer, in turns. A decorator that changes an update's contents must take the chunk off it.</remarks>
public sealed class WireChunk
{
    /// <summary>The chunk's JSON, one object.</summary>
    public ReadOnlyMemory<byte> Json { get; private set; }

    /// <summary>Where the value of <c>id</c> stands, quotes and all.</summary>
    public Range Id { get; private set; }

    /// <summary>Where the value of <c>model</c> stands, quotes and all.</summary>
    public Range Model { get; private set; }

    /// <summary>Whether it has only token counts to tell.</summary>
    public bool IsUsage { get; private set; }

    /// <summary>The text of its content as it stands in the JSON, with its escapes and without quotes; empty where it has none.</summary>
    public ReadOnlySpan<byte> EscapedText => Json.Span[Text] is [_, .. var text, _] ? text : default;

    private Range Text { get; set; }

    /// <summary>Takes the next chunk's place.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="id">The range of the id, with its quotes.</param>
    /// <param name="model">The range of the model's name, with its quotes.</param>
    /// <param name="text">The range of the content, with its quotes; an empty one: it has none.</param>
    /// <param name="isUsage">Whether it has no choice.</param>
    public void Set(ReadOnlyMemory<byte> json, Range id, Range model, Range text, bool isUsage) =>
        (Json, Id, Model, Text, IsUsage) = (json, id, model, text, isUsage);

    /// <summary>The text of its content, decoded; empty where it has none.</summary>
    public string ReadText()
    {
        var slice = Json.Span[Text];
        if (slice.IsEmpty) { return ""; }
        var reader = new Utf8JsonReader(slice);
        reader.Read();
        return reader.GetString() ?? "";
    }
}
