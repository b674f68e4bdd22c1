using System.IO.Compression;
using Parley.Audio;


namespace Parley.Core.Tests.Audio;

public sealed class WavWriterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Write_InPieces_ReadsBack(int channels)
    {
        var samples = Enumerable.Range(0, 10_000).Select(i => (short)(i / channels * 3)).ToArray();
        using var stream = new MemoryStream();
        stream.Write("earlier"u8);
        using (var writer = new WavWriter(stream, 24_000, channels, leaveOpen: true))
        {
            writer.Write(samples.AsSpan(0, 3333));
            writer.Write(samples.AsSpan(3333));
            Assert.Equal(10_000 / channels, writer.SamplesPerChannel);
        }
        Assert.Equal(7 + 44 + 20_000, stream.Length);
        Assert.Equal(20_000 + 36, BitConverter.ToInt32(stream.ToArray(), 7 + 4));
        Assert.Equal(20_000, BitConverter.ToInt32(stream.ToArray(), 7 + 40));
        stream.Position = 7;
        var audio = WavReader.Read(stream);
        Assert.Equal(samples.Where((_, i) => i % channels == 0), audio.Samples);
        Assert.Equal((24_000, channels), (audio.SampleRate, audio.SourceChannels));
    }

    [Fact]
    public void Write_ForwardOnlyStream_ReadsBack()
    {
        using var file = new MemoryStream();
        using (var writer = new WavWriter(new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true), 16_000)) { writer.Write([1, 2, 3]); }
        file.Position = 0;
        using var unzip = new GZipStream(file, CompressionMode.Decompress);
        Assert.Equal([1, 2, 3], WavReader.Read(unzip).Samples);
    }

    [Fact]
    public void Write_NotDisposed_StillReads()
    {
        using var file = new MemoryStream();
        using var writer = new WavWriter(file, 16_000);
        writer.Write([1, 2, 3]);
        Assert.Equal([1, 2, 3], WavReader.Read(new MemoryStream(file.ToArray())).Samples);
    }

    [Fact]
    public void Write_Disposed_Throws()
    {
        var writer = new WavWriter(new MemoryStream(), 16_000);
        writer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => writer.Write([1]));
    }
}
