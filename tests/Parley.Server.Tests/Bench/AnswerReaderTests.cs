using System.Text;
using Parley.Bench.Load.Http;
using Parley.Bench.Load.Models;

namespace Parley.Server.Tests.Bench;

public sealed class AnswerReaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void Read_StreamInPieces_FindsItsTokensAndItsEnd(int piece)
    {
        var reader = new AnswerReader();
        var isComplete = Feed(reader, Stream(new ModelScript(8, opens: false, isStreamed: true, withUsage: true)), piece);
        Assert.True(isComplete);
        Assert.Equal((200, 8, 0L, false), (reader.Status, reader.Tokens, reader.HeldMicroseconds, reader.Closes));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    public void Read_WholeAnswerInPieces_IsOnePieceOfContent(int piece)
    {
        var reader = new AnswerReader();
        Assert.True(Feed(reader, new ModelScript(8, opens: false, isStreamed: false, withUsage: false).First.ToArray(), piece));
        Assert.Equal(1, reader.Tokens);
    }

    [Fact]
    public void Read_AnswerAfterAnother_StartsAnew()
    {
        var reader = new AnswerReader();
        Feed(reader, Stream(new ModelScript(3, opens: true, isStreamed: true, withUsage: false)), 50);
        reader.Reset();
        Assert.True(Feed(reader, "HTTP/1.1 503 Busy\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}"u8.ToArray(), 1));
        Assert.Equal((503, 0, true, null), (reader.Status, reader.Tokens, reader.Closes, reader.HeldMicroseconds));
    }

    [Theory]
    [InlineData("""{"content":""}""", 0, null)]
    [InlineData("""{"content":null}""", 0, null)]
    [InlineData("""{"content": "0012 bread"}""", 1, 12L)]
    [InlineData("""{"content":"Sure,"}{"content":"","content":"x"}""", 2, null)]
    [InlineData("""{"content":"7"}{"content":"8"}""", 2, 7L)]
    public void Read_Content_CountsWhatIsNotEmpty(string body, int tokens, long? number)
    {
        var reader = new AnswerReader();
        Assert.True(Feed(reader, Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}"), 3));
        Assert.Equal((tokens, number), (reader.Tokens, reader.HeldMicroseconds));
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n{}")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}!")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nmore")]
    public void Read_NoHttpAnswer_Throws(string bytes) =>
        Assert.Throws<InvalidDataException>(() => Feed(new AnswerReader(), Encoding.ASCII.GetBytes(bytes), 1000));

    private static byte[] Stream(ModelScript script) => [.. script.First.ToArray(), .. script.Rest.SelectMany(p => p.ToArray())];

    private static bool Feed(AnswerReader reader, byte[] bytes, int piece)
    {
        var isComplete = false;
        foreach (var part in bytes.Chunk(piece))
        {
            Assert.False(isComplete);
            isComplete = reader.Read(part);
        }
        return isComplete;
    }
}
