using System.Buffers;
using System.Runtime.CompilerServices;
using Parley.OpenAICompatible.Http;

namespace Parley.OpenAICompatible.Chat;

/// <summary>Cuts a stream of server-sent events into their data, in place: nothing is copied or decoded while events come whole.</summary>
/// <remarks>Not thread-safe: one per answer. What it gives out is valid until the next call of <see cref="FillAsync"/>.</remarks>
internal sealed class EventReader(Stream body, StallGuard guard, long maxBytes) : IDisposable
{
    private const int FirstSize = 8 * 1024, SmallestRead = 1024;

    private static readonly TimeSpan s_end = TimeSpan.FromMilliseconds(100);

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstSize);
    private byte[]? _joined;
    private int _event, _line, _end;
    private (int Start, int Length) _data;
    private bool _hasData;
    private long _left = maxBytes;

    /// <summary>The next event's data, if it is here already. Comments, names and ids of events are passed over.</summary>
    public bool TryNext(out ReadOnlyMemory<byte> data)
    {
        while (_buffer.AsSpan(_line, _end - _line).IndexOf((byte)'\n') is var length and >= 0)
        {
            var line = _buffer.AsSpan(_line, length);
            var start = _line;
            _line += length + 1;
            if (line is [.., (byte)'\r']) { line = line[..^1]; }
            if (line.IsEmpty)
            {
                (_event, var has, data) = (_line, _hasData, _joined ?? _buffer.AsMemory(_data.Start, _data.Length));
                (_hasData, _joined) = (false, null);
                if (has) { return true; }
            }
            else if (line.StartsWith("data:"u8))
            {
                var skip = line is [_, _, _, _, _, (byte)' ', ..] ? 6 : 5;
                AddLine(start + skip, line.Length - skip);
            }
        }
        data = default;
        return false;
    }

    /// <summary>Waits for more of the stream.</summary>
    /// <returns>False: there is no more. An event that was begun is lost.</returns>
    /// <exception cref="Diagnostics.VoiceException">The stream stalled, broke off or is longer than allowed.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))] // One a token: nothing is left to collect.
    public async ValueTask<bool> FillAsync()
    {
        MakeRoom();
        var read = await guard.ReadAsync(body, _buffer.AsMemory(_end));
        _end += read;
        return (_left -= read) >= 0 ? read > 0 : throw UpstreamErrors.Unintelligible(Diagnostics.VoiceStage.Reply);
    }

    /// <summary>After the last event: reads the end that HTTP puts there, so that the connection can serve the next call at once.</summary>
    /// <remarks>It is usually here already. A server that does not send it loses the connection, and the answer loses nothing.</remarks>
    public async ValueTask FinishAsync()
    {
        guard.Expect(s_end);
        try { while (await FillAsync()) { (_event, _line) = (_end, _end); } }
        catch (Diagnostics.VoiceException) { }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        (_event, _line, _end) = (0, 0, 0);
    }

    private void AddLine(int start, int length)
    {
        if (!_hasData)
        {
            (_hasData, _data) = (true, (start, length));
            return;
        }
        // Rare: an event of several lines. They are joined by line feeds.
        _joined = [.. _joined ?? _buffer.AsSpan(_data.Start, _data.Length), (byte)'\n', .. _buffer.AsSpan(start, length)];
    }

    private void MakeRoom()
    {
        if (_event == _end) { (_event, _line, _end) = (0, 0, 0); }
        if (_buffer.Length - _end >= SmallestRead) { return; }
        var room = _event > 0 ? _buffer : ArrayPool<byte>.Shared.Rent(2 * _buffer.Length);
        _buffer.AsSpan(_event, _end - _event).CopyTo(room);
        if (room != _buffer) { ArrayPool<byte>.Shared.Return(_buffer); }
        _data.Start -= _event;
        (_buffer, _line, _end, _event) = (room, _line - _event, _end - _event, 0);
    }
}
