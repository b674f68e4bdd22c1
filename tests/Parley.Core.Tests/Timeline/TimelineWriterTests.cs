using System.Text;
using Parley.Timeline;
using Parley.Transports.Protocol;

namespace Parley.Core.Tests.Timeline;

public sealed class TimelineWriterTests : IDisposable
{
    private readonly TimelineWriter _writer = new();

    public void Dispose() => _writer.Dispose();

    [Fact]
    public void Encode_OneAfterTheOther_GivesWhatEachGivesAlone()
    {
        TimelineEntry[] entries =
        [
            Entry(new Ping(12)), Entry(new VadEvent(VadEventKind.SpeechStart, 40)), Entry(null), Entry((ReadOnlyMemory<byte>)new byte[] { 1, 2, 3, 4 }), Entry("a long word, so long that the memory grows: " + new string('é', 4_000)), Entry(true),
        ];
        foreach (var entry in (TimelineEntry[])[.. entries, .. entries.Reverse()])
        {
            Assert.Equal(TimelineJson.Encode(entry).Data.ToArray(), _writer.Encode(entry).ToArray());
        }
    }

    [Fact]
    public void Encode_AfterDataThatNobodyCanWrite_GoesOn()
    {
        Assert.Throws<ArgumentException>(() => { _writer.Encode(Entry(new StringBuilder())); });
        Assert.Equal("true", Encoding.UTF8.GetString(_writer.Encode(Entry(true))));
    }

    private static TimelineEntry Entry(object? data) => new(1, TimeSpan.Zero, "kind", data);
}
