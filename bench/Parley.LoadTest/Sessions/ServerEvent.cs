using System.Text.Json;

namespace Parley.LoadTest.Sessions;

/// <summary>What a client under load reads of a server's message: the fields that it acts on.</summary>
internal readonly record struct ServerEvent
{
    public string Type { get; init; }

    public long Seq { get; init; }

    public string? SessionId { get; init; }

    public string? ResumeToken { get; init; }

    public long Generation { get; init; }

    public double? OverheadMs { get; init; }

    public string? Code { get; init; }

    public string? State { get; init; }

    /// <summary>Reads one; names that come seldom are the only text that is made.</summary>
    public static ServerEvent Read(ReadOnlySpan<byte> message)
    {
        var json = new Utf8JsonReader(message);
        var read = new ServerEvent { Type = "" };
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName || json.CurrentDepth != 1) { continue; }
            if (json.ValueTextEquals("type"u8)) { read = read with { Type = Kind(ref json) }; }
            else if (json.ValueTextEquals("seq"u8)) { read = read with { Seq = Number(ref json) }; }
            else if (json.ValueTextEquals("generation_id"u8)) { read = read with { Generation = Number(ref json) }; }
            else if (json.ValueTextEquals("session_id"u8) && read.Type == Ready) { read = read with { SessionId = Text(ref json) }; }
            else if (json.ValueTextEquals("resume_token"u8)) { read = read with { ResumeToken = Text(ref json) }; }
            else if (json.ValueTextEquals("overhead_ms"u8)) { read = read with { OverheadMs = Real(ref json) }; }
            else if (json.ValueTextEquals("code"u8)) { read = read with { Code = Text(ref json) }; }
            else if (json.ValueTextEquals("state"u8)) { read = read with { State = Text(ref json) }; }
        }
        return read;
    }

    public const string Ready = "session.ready", Ended = "session.ended", Cancelled = "generation_cancelled", AudioEnd = "audio_end", Metrics = "turn_metrics", Failed = "error";

    private static readonly string[] s_kinds = [Ready, Ended, Cancelled, AudioEnd, Metrics, Failed];

    private static string Kind(ref Utf8JsonReader json)
    {
        json.Read();
        foreach (var kind in s_kinds)
        {
            if (json.ValueTextEquals(kind)) { return kind; }
        }
        return "";
    }

    private static long Number(ref Utf8JsonReader json) => json.Read() && json.TokenType == JsonTokenType.Number ? json.GetInt64() : 0;

    private static double? Real(ref Utf8JsonReader json) => json.Read() && json.TokenType == JsonTokenType.Number ? json.GetDouble() : null;

    private static string? Text(ref Utf8JsonReader json) => json.Read() && json.TokenType == JsonTokenType.String ? json.GetString() : null;
}
