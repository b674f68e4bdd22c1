using System.Buffers.Text;
using System.Diagnostics;
using System.Net.Sockets;

namespace Parley.Bench.Load.Models;

/// <summary>One connection to the simulated models: requests one after the other, each answered by its script.</summary>
internal sealed class ModelConnection(Socket socket, ScriptShelf scripts)
{
    private const int MaxRequest = 256 * 1024;

    private static readonly ReadOnlyMemory<byte> s_notFound =
        "HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 37\r\n\r\n{\"error\":{\"message\":\"Not this path\"}}"u8.ToArray();

    private byte[] _buffer = new byte[8 * 1024];
    private byte[] _first = [];
    private int _filled;

    /// <summary>Serves until the client goes or it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using (socket)
        {
            socket.NoDelay = true;
            try
            {
                while (await ReadAsync(cancellationToken) is { } request) { await AnswerAsync(request, cancellationToken); }
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or InvalidDataException)
            {
                // The client went, or it spoke something else; both are its own business.
            }
        }
    }

    private async ValueTask<ModelRequest?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var length = ModelRequest.TryParse(_buffer.AsSpan(0, _filled), out var request);
            if (length > 0)
            {
                _buffer.AsSpan(length, _filled - length).CopyTo(_buffer);
                _filled -= length;
                return request;
            }
            if (_filled == _buffer.Length)
            {
                if (_filled >= MaxRequest) { throw new InvalidDataException("The request is too long."); }
                Array.Resize(ref _buffer, _filled * 2);
            }
            var read = await socket.ReceiveAsync(_buffer.AsMemory(_filled), cancellationToken);
            if (read == 0) { return null; }
            _filled += read;
        }
    }

    private async ValueTask AnswerAsync(ModelRequest request, CancellationToken cancellationToken)
    {
        var arrived = Stopwatch.GetTimestamp();
        if (request.Behaviour is not { } behaviour)
        {
            await socket.SendAsync(s_notFound, cancellationToken);
            return;
        }
        var script = scripts.Get(behaviour.Tokens, behaviour.Opens, request.IsStreamed, request.WithUsage);
        var first = FirstOf(script);
        var wait = behaviour.FirstTokenMs + (request.IsStreamed ? 0 : behaviour.GapMs * (behaviour.Tokens - 1));
        if (wait > 0) { await Task.Delay(wait, cancellationToken); }
        if (script.HeldAt is { } at) { Stamp(first.Span.Slice(at, ModelScript.HeldDigits), Stopwatch.GetElapsedTime(arrived)); }
        await socket.SendAsync(first, cancellationToken);
        foreach (var piece in script.Rest)
        {
            if (behaviour.GapMs > 0) { await Task.Delay(behaviour.GapMs, cancellationToken); }
            await socket.SendAsync(piece, cancellationToken);
        }
    }

    /// <summary>A copy that may be written into.</summary>
    private Memory<byte> FirstOf(ModelScript script)
    {
        if (_first.Length < script.First.Length) { _first = new byte[script.First.Length]; }
        script.First.CopyTo(_first);
        return _first.AsMemory(0, script.First.Length);
    }

    private static void Stamp(Span<byte> digits, TimeSpan held)
    {
        var fits = Utf8Formatter.TryFormat((long)held.TotalMicroseconds, digits, out _, new('D', ModelScript.HeldDigits));
        Debug.Assert(fits, "A minute has eight digits of microseconds.");
    }
}
