namespace Parley.Transports.EchoKit;

/// <summary>
/// What a device is told: an event without fields is its name, one with fields a map from its name to an array of them. What the firmware does not know
/// it skips.
/// </summary>
/// <remarks>Not thread-safe; what a method returns is valid until the next call.</remarks>
/// <param name="packsBytes">Whether audio is written as bytes, two thirds as long as the array of numbers that all firmware reads.</param>
internal sealed class EchoKitEventWriter(bool packsBytes)
{
    private readonly MessagePackWriter _writer = new();

    public ReadOnlyMemory<byte> HelloStart() => Bare("HelloStart");

    public ReadOnlyMemory<byte> HelloChunk(ReadOnlySpan<byte> slice) => Data("HelloChunk", slice);

    public ReadOnlyMemory<byte> HelloEnd() => Bare("HelloEnd");

    /// <summary>What was understood of the user so far.</summary>
    public ReadOnlyMemory<byte> Asr(string text) => Text("ASR", text);

    /// <summary>The user's turn is over: the device closes its microphone.</summary>
    public ReadOnlyMemory<byte> EndVad() => Bare("EndVad");

    /// <summary>A sentence begins; the device's decoder starts anew.</summary>
    public ReadOnlyMemory<byte> StartAudio(string text) => Text("StartAudio", text);

    public ReadOnlyMemory<byte> AudioChunk(ReadOnlySpan<byte> audio) => Data("AudioChunk", audio);

    public ReadOnlyMemory<byte> AudioChunk(ReadOnlySpan<byte> audio, Vowel vowel)
    {
        Begin("AudioChunkWithVowel", fields: 2);
        Write(audio);
        _writer.Write((byte)vowel);
        return _writer.Written;
    }

    public ReadOnlyMemory<byte> EndAudio() => Bare("EndAudio");

    /// <summary>The answer is over.</summary>
    public ReadOnlyMemory<byte> EndResponse() => Bare("EndResponse");

    /// <summary>Words that are shown and not spoken.</summary>
    public ReadOnlyMemory<byte> DisplayText(string text) => Text("DisplayText", text);

    /// <summary>Answers that the user may choose from.</summary>
    public ReadOnlyMemory<byte> Choices(string message, IReadOnlyList<string> items)
    {
        Begin("Choices", fields: 2);
        _writer.Write(message);
        _writer.WriteArray(items.Count);
        foreach (var item in items) { _writer.Write(item); }
        return _writer.Written;
    }

    private ReadOnlyMemory<byte> Bare(string name)
    {
        _writer.Clear();
        _writer.Write(name);
        return _writer.Written;
    }

    private ReadOnlyMemory<byte> Text(string name, string text)
    {
        Begin(name, fields: 1);
        _writer.Write(text);
        return _writer.Written;
    }

    private ReadOnlyMemory<byte> Data(string name, ReadOnlySpan<byte> data)
    {
        Begin(name, fields: 1);
        Write(data);
        return _writer.Written;
    }

    private void Begin(string name, int fields)
    {
        _writer.Clear();
        _writer.WriteSingleMap();
        _writer.Write(name);
        _writer.WriteArray(fields);
    }

    private void Write(ReadOnlySpan<byte> data)
    {
        if (packsBytes) { _writer.WriteBinary(data); } else { _writer.WriteNumbers(data); }
    }
}
