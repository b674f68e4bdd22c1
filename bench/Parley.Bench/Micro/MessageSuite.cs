using System.Buffers;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Parley.Transports.Protocol;
using Parley.Tts;

namespace Parley.Bench.Micro;

/// <summary>What happens a few times a second: text that is cut into clauses, messages that are read and written.</summary>
[MemoryDiagnoser]
#pragma warning disable CA1001 // Cleanup disposes.
public class MessageSuite
#pragma warning restore CA1001
{
    private readonly string[] _tokens =
        ["That", " sounds", " very", " good", " to", " me", ",", " so", " tell", " me", " more", " about", " it", ".", " What", " did", " Dr.", " Lee", " pay", ",", " 3.50", "?"];

    private readonly ArrayBufferWriter<byte> _bytes = new(1_024);
    private readonly Utf8JsonWriter _json = new(Stream.Null);
    private readonly ServerMessage _delta = new AssistantTextDelta("t1", 7, ReplyKind.Full, " good") { SessionId = "0123456789abcdef0123456789abcdef", Seq = 4711 };
    private readonly byte[] _playback = """{"type":"playback","generation_id":7,"played_samples":123456,"state":"playing"}"""u8.ToArray();

    [GlobalCleanup]
    public void Cleanup() => _json.Dispose();

    /// <summary>A reply of 22 tokens is cut into clauses.</summary>
    [Benchmark]
    public int Splitter()
    {
        var splitter = new ClauseSplitter();
        var clauses = 0;
        foreach (var token in _tokens) { foreach (var _ in splitter.Push(token)) { clauses++; } }
        return splitter.Flush() is null ? clauses : clauses + 1;
    }

    /// <summary>A message to a client is written.</summary>
    [Benchmark]
    public int JsonWritten()
    {
        _bytes.ResetWrittenCount();
        _json.Reset(_bytes);
        JsonSerializer.Serialize(_json, _delta, ProtocolJson.Default.ServerMessage);
        _json.Flush();
        return _bytes.WrittenCount;
    }

    /// <summary>A message of a client is read.</summary>
    [Benchmark]
    public object JsonRead() => ClientMessageReader.Read(_playback);
}
