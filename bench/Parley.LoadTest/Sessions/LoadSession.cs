using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using Parley.LoadTest.Measuring;
using Parley.LoadTest.Speech;
using Parley.Transports.Protocol;

namespace Parley.LoadTest.Sessions;

/// <summary>One conversation in <c>parley.v1</c>, seen from the client.</summary>
/// <remarks>The microphones' thread sends, a task of its own receives; a lock keeps what they share.</remarks>
internal sealed class LoadSession(Uri server, string? key, Utterances speech, LoadScenario scenario, int number, LoadFigures figures) : ILoadClient
{
    private const string Start = """{"type":"session.start"}""";

    private static readonly TimeSpan s_longestAnswer = TimeSpan.FromSeconds(15), s_connect = TimeSpan.FromSeconds(20);

    private readonly Lock _lock = new();
    private readonly Playout _playout = new(TimeSpan.FromMilliseconds(scenario.CushionMs));
    private readonly Talker _talker = new(speech, scenario, new Random(number), figures);
    private readonly CancellationTokenSource _stop = new();
    private readonly byte[] _report = new byte[128];
    private readonly int _reportEvery = scenario.ReportMs / 20;

    private ClientWebSocket? _socket;
    private Task _sending = Task.CompletedTask;
    private Task _receiving = Task.CompletedTask;
    private string? _sessionId, _token;
    private long _seq, _cancelled;
    private int _ticks = number;

    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        await OpenAsync(Start, cancellationToken);
        _receiving = ReceiveAsync();
    }

    public void Tick(long now)
    {
        if (_socket is not { State: WebSocketState.Open } socket) { return; }
        if (!_sending.IsCompleted)
        {
            figures.NotSent();
            return;
        }
        byte[] frame;
        var report = 0;
        lock (_lock)
        {
            if (_talker.Waited(now) > s_longestAnswer)
            {
                figures.Error("no_answer");
                _talker.GiveUp();
            }
            if (_talker.BreaksLine)
            {
                _talker.BreaksLine = false;
                socket.Abort();
                return;
            }
            frame = _talker.Next(_playout.IsPlayedOut(now));
            if (++_ticks % _reportEvery == 0 && _playout.Generation > 0) { report = WriteReport(now); }
        }
        figures.Sent();
        _sending = SendAsync(socket, frame, report);
        lock (_lock) { _talker.Sent(); }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _socket?.Abort();
        await _receiving;
        _socket?.Dispose();
        _stop.Dispose();
    }

    private async Task SendAsync(ClientWebSocket socket, byte[] frame, int report)
    {
        try
        {
            await socket.SendAsync(frame.AsMemory(), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
            if (report > 0) { await socket.SendAsync(_report.AsMemory(0, report), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None); }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The receiver notices too, and connects anew.
        }
    }

    private int WriteReport(long now)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $$"""{"type":"playback","generation_id":{{_playout.Generation}},"played_samples":{{_playout.Played(now)}}}""");
        return Encoding.UTF8.GetBytes(text, _report);
    }

    private async Task OpenAsync(string first, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(ConverseConnection.Subprotocol);
        if (key is not null) { socket.Options.SetRequestHeader("Authorization", $"Bearer {key}"); }
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
        limit.CancelAfter(s_connect);
        await socket.ConnectAsync(new Uri(server, "/v1/converse"), limit.Token);
        await socket.SendAsync(Encoding.UTF8.GetBytes(first), WebSocketMessageType.Text, endOfMessage: true, limit.Token);
        _socket?.Dispose();
        _socket = socket;
    }

    private async Task ReceiveAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            await ReadAsync(_socket!);
            if (_stop.IsCancellationRequested) { return; }
            try
            {
                await OpenAsync($$"""{"type":"session.resume","session_id":"{{_sessionId}}","resume_token":"{{_token}}","last_seq":{{_seq}}}""", _stop.Token);
                figures.Resumed();
            }
            catch (Exception e) when (e is WebSocketException or OperationCanceledException)
            {
                if (!_stop.IsCancellationRequested) { figures.Lost(); }
                return;
            }
        }
    }

    /// <summary>Reads until the line ends.</summary>
    private async Task ReadAsync(ClientWebSocket socket)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            var length = 0;
            while (true)
            {
                var got = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                if (got.MessageType == WebSocketMessageType.Close) { return; }
                length += got.Count;
                if (!got.EndOfMessage)
                {
                    if (length == buffer.Length) { Array.Resize(ref buffer, 2 * length); }
                    continue;
                }
                if (got.MessageType == WebSocketMessageType.Binary) { OnAudio(buffer.AsSpan(0, length)); } else { OnMessage(ServerEvent.Read(buffer.AsSpan(0, length))); }
                length = 0;
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            // Broken off, by us or by the server.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void OnAudio(ReadOnlySpan<byte> frame)
    {
        var now = Stopwatch.GetTimestamp();
        var packet = AudioPacketHeader.ReadHeader(frame);
        figures.Packet();
        lock (_lock)
        {
            if (packet.GenerationId <= _cancelled)
            {
                figures.Stale();
                return;
            }
            var isFirst = packet.GenerationId != _playout.Generation;
            var (jitter, isGap) = _playout.Add(packet.GenerationId, packet.Segment, packet.SampleOffset, (frame.Length - AudioPacketHeader.Size) / 2, now);
            figures.Jitter.Add(jitter);
            if (isGap) { figures.Gap(); }
            if (isFirst) { _talker.Hear(now); }
        }
    }

    private void OnMessage(ServerEvent message)
    {
        lock (_lock)
        {
            _seq = Math.Max(_seq, message.Seq);
            switch (message.Type)
            {
                case ServerEvent.Ready:
                    (_sessionId, _token) = (message.SessionId, message.ResumeToken);
                    break;
                case ServerEvent.Cancelled:
                    _cancelled = Math.Max(_cancelled, message.Generation);
                    _talker.HearAll();
                    break;
                case ServerEvent.AudioEnd:
                    _talker.HearAll();
                    break;
                case ServerEvent.Metrics when message.OverheadMs is { } overhead:
                    figures.Overhead.Add(TimeSpan.FromMilliseconds(overhead));
                    break;
                case ServerEvent.Failed:
                    figures.Error(message.Code ?? "unknown");
                    break;
                case ServerEvent.Ended:
                    figures.Lost();
                    break;
            }
        }
    }
}
