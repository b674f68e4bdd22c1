using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Server.Observability;
using Parley.Server.Tests.Hosting;
using Parley.Testing.Transports;
using Parley.Transports.Protocol;

namespace Parley.Server.Tests.Observability;

public sealed partial class JsonLogTests
{
    private const string Said = "the pelican hides the marmalade", Key = "key-that-no-log-may-hold", Session = "0af7651916cd43dd8448eb211c80319c";

    [Fact]
    public void Write_SessionsLine_HasItsPartsAndItsTrace()
    {
        var line = Format(logger => LogStage(logger, Session, "t3", 4, 0.5, true));

        Assert.Equal(("warn", "Tests", "LogStage"), (Text(line, "level"), Text(line, "category"), Text(line, "event")));
        Assert.Equal($"Session {Session}, turn t3: 4 failed, 0.5, True", Text(line, "message"));
        Assert.Equal((Session, "t3", Session), (Text(line, "session_id"), Text(line, "turn_id"), Text(line, "trace_id")));
        Assert.Equal((4, 0.5, true), (line.GetProperty("count").GetInt32(), line.GetProperty("ratio").GetDouble(), line.GetProperty("really").GetBoolean()));
        Assert.EndsWith("Z", Text(line, "time"), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_LineWithinASpan_HasItsIds()
    {
        using var span = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
        var line = Format(LogHello);

        Assert.Equal((span.TraceId.ToHexString(), span.SpanId.ToHexString()), (Text(line, "trace_id"), Text(line, "span_id")));
    }

    [Fact]
    public void Write_WhatWouldBreakALine_StaysInIt()
    {
        var line = Format(logger => LogOdd(logger, "a\nb\"c\u0000", null, new InvalidOperationException("two\nlines")));

        Assert.Equal("a\nb\"c\u0000", Text(line, "odd"));
        Assert.Contains("two\nlines", Text(line, "exception"), StringComparison.Ordinal);
        Assert.False(line.TryGetProperty("trace_id", out _));
    }

    /// <summary>The whole server in a process of its own, logging all that it can.</summary>
    [Fact]
    public async Task Serve_JsonLogs_HoldNeitherSpeechNorSecrets()
    {
        using var server = new ServeProcess(("Parley__Telemetry__Logs", "Json"), ("Logging__LogLevel__Default", "Debug"), ("Parley__Gateway__ApiKeys__0", Key), ("Parley__Telemetry__Headers", $"authorization={Key}"));
        await server.StartAsync(Key);
        using var client = new ConverseClient();
        client.Socket.Options.SetRequestHeader("Authorization", $"Bearer {Key}");
        await client.ConnectAsync(new UriBuilder(server.Address) { Scheme = "ws" }.Uri);
        await client.SendAsync(new SessionStart(LearnerId: "pelican-lover", Config: new SessionConfig { Speech = false }));
        var ready = await client.ExpectAsync<SessionReady>();
        await client.SendAsync(new TextInput(Said));
        await client.ExpectAsync<ReplyFinished>();
        await client.SendTextAsync($"{{\"type\":\"{Said}\"}}");
        await client.ExpectAsync<ErrorMessage>();
        await client.SendAsync(new SessionEnd());
        await client.ExpectCloseAsync();
        var log = await server.StopAsync();

        // The command itself says to people where it listens.
        var lines = log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => !l.StartsWith("Parley listens", StringComparison.Ordinal)).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        var session = lines.Where(l => l.TryGetProperty("session_id", out var id) && id.GetString() == ready.SessionId).ToList();
        Assert.InRange(session.Count, 2, int.MaxValue);
        Assert.All(session, l => Assert.Equal(ready.TraceId, Text(l, "trace_id")));
        Assert.DoesNotContain(Said, log, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Key, log, StringComparison.OrdinalIgnoreCase);
    }

    [LoggerMessage(LogLevel.Warning, "Session {SessionId}, turn {TurnId}: {Count} failed, {Ratio}, {Really}")]
    private static partial void LogStage(ILogger logger, string sessionId, string turnId, int count, double ratio, bool really);

    [LoggerMessage(LogLevel.Information, "Hello.")]
    private static partial void LogHello(ILogger logger);

    [LoggerMessage(LogLevel.Error, "\"{Odd}\"\n{Missing}")]
    private static partial void LogOdd(ILogger logger, string odd, string? missing, Exception failure);

    private static string Text(JsonElement line, string name) => line.GetProperty(name).GetString()!;

    private static JsonElement Format(Action<ILogger> log)
    {
        var logger = new FormattingLogger();
        log(logger);
        Assert.DoesNotContain('\n', logger.Written.TrimEnd());
        return JsonDocument.Parse(logger.Written).RootElement;
    }

    private sealed class FormattingLogger : ILogger
    {
        private readonly JsonLogFormatter _formatter = new(TimeProvider.System);

        public string Written { get; private set; } = "";

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            using var written = new StringWriter();
            _formatter.Write(new LogEntry<TState>(logLevel, "Tests", eventId, state, exception, formatter), null, written);
            Written = written.ToString();
        }
    }
}
