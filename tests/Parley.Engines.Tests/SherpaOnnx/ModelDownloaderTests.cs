using System.Formats.Tar;
using System.Security.Cryptography;
using ICSharpCode.SharpZipLib.BZip2;
using Parley.SherpaOnnx;
using Parley.SherpaOnnx.Catalog;
using Parley.SherpaOnnx.Models;

namespace Parley.Engines.Tests.SherpaOnnx;

public sealed class ModelDownloaderTests : IDisposable
{
    private const string Archive = "tones.tar.bz2";

    private readonly ModelFixture _models = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DownloadAsync_WholeArchive_IsVerifiedUnpackedAndInPlace()
    {
        var bytes = Packed();
        await using var server = new ModelServer(bytes);
        var steps = new List<DownloadProgress>();

        var model = await Downloader(server).DownloadAsync(Entry(bytes), _models["root"], steps.Add, Cancel);

        Assert.Equal(SherpaModelKind.Vits, model.Kind);
        Assert.Equal(_models["root/tones"], model.Folder);
        Assert.Equal([DownloadStep.Download, DownloadStep.Verify, DownloadStep.Unpack], steps.Select(s => s.Step).Distinct());
        Assert.Empty(Directory.EnumerateFiles(_models["root/.downloads"]));
        // It is there: nothing is fetched again.
        Assert.Equal(SherpaModelKind.Vits, (await Downloader(server).DownloadAsync(Entry(bytes), _models["root"], _ => { }, Cancel)).Kind);
        Assert.Equal([0L], server.Starts);
    }

    [Fact]
    public async Task DownloadAsync_BrokenOff_GoesOnWhereItWas()
    {
        var bytes = Packed();
        await using var server = new ModelServer(bytes) { BreakAfter = bytes.Length / 2 };

        await Assert.ThrowsAnyAsync<Exception>(() => Downloader(server).DownloadAsync(Entry(bytes), _models["root"], _ => { }, Cancel));
        Assert.Equal(bytes.Length / 2, new FileInfo(Part).Length);
        server.BreakAfter = null;
        await Downloader(server).DownloadAsync(Entry(bytes), _models["root"], _ => { }, Cancel);

        Assert.Equal([0L, bytes.Length / 2], server.Starts);
        Assert.True(Directory.Exists(_models["root/tones"]));
    }

    [Fact]
    public async Task DownloadAsync_FileChangedMeanwhile_BeginsAnew()
    {
        var (first, second) = (Packed("first"), Packed("second"));
        await using var server = new ModelServer(first) { BreakAfter = 1_000 };
        await Assert.ThrowsAnyAsync<Exception>(() => Downloader(server).DownloadAsync(Entry(first), _models["root"], _ => { }, Cancel));

        (server.Content, server.BreakAfter) = (second, null);
        await Downloader(server).DownloadAsync(Entry(second), _models["root"], _ => { }, Cancel);

        Assert.Equal([0L, 0L], server.Starts);
        Assert.Equal("second", await File.ReadAllTextAsync(_models["root/tones/README.md"], Cancel));
    }

    [Fact]
    public async Task DownloadAsync_WrongChecksum_RemovesTheFile()
    {
        var bytes = Packed();
        await using var server = new ModelServer(bytes);

        var refused = await Assert.ThrowsAsync<ModelException>(
            () => Downloader(server).DownloadAsync(Entry(bytes, sha256: new string('0', 64)), _models["root"], _ => { }, Cancel));

        Assert.Contains("SHA-256", refused.Message);
        Assert.False(File.Exists(Part));
        Assert.False(Directory.Exists(_models["root/tones"]));
    }

    [Fact]
    public async Task DownloadAsync_WrongSize_RemovesTheFile()
    {
        var bytes = Packed();
        await using var server = new ModelServer(bytes);

        var refused = await Assert.ThrowsAsync<ModelException>(
            () => Downloader(server).DownloadAsync(Entry(bytes, size: bytes.Length + 1), _models["root"], _ => { }, Cancel));

        Assert.Contains($"{bytes.Length} bytes in place of {bytes.Length + 1}", refused.Message);
        Assert.False(File.Exists(Part));
    }

    [Fact]
    public async Task DownloadAsync_Cancelled_KeepsWhatIsThere()
    {
        var bytes = Packed();
        await using var server = new ModelServer(bytes) { StallAfter = 2_000 };
        using var cancel = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Downloader(server).DownloadAsync(
            Entry(bytes), _models["root"], p => { if (p.Done >= 2_000) { cancel.Cancel(); } }, cancel.Token));

        Assert.Equal(2_000, new FileInfo(Part).Length);
    }

    [Fact]
    public async Task DownloadAsync_Refused_LeavesNothing()
    {
        await using var server = new ModelServer([]) { Refuses = true };

        await Assert.ThrowsAsync<HttpRequestException>(() => Downloader(server).DownloadAsync(Entry([]), _models["root"], _ => { }, Cancel));
        Assert.False(File.Exists(Part));
    }

    [Fact]
    public async Task DownloadAsync_NoSpace_SaysHowMuchIsNeeded()
    {
        await using var server = new ModelServer([]);

        var refused = await Assert.ThrowsAsync<IOException>(
            () => Downloader(server).DownloadAsync(Entry([], size: 1L << 60, exact: false), _models["root"], _ => { }, Cancel));
        Assert.Contains("MB of disk", refused.Message);
        Assert.Empty(server.Starts);
    }

    [Fact]
    public async Task DownloadAsync_DamagedArchive_IsRemoved()
    {
        var bytes = Packed();
        for (var i = bytes.Length / 2; i < bytes.Length / 2 + 50; i++) { bytes[i] ^= 0xff; }
        await using var server = new ModelServer(bytes);

        await Assert.ThrowsAsync<ModelException>(() => Downloader(server).DownloadAsync(Entry(bytes), _models["root"], _ => { }, Cancel));
        Assert.False(File.Exists(Part));
        Assert.False(Directory.Exists(_models["root/tones"]));
    }

    [Fact]
    public async Task DownloadAsync_ArchiveThatLeavesItsFolder_IsRefused()
    {
        var bytes = Pack(("tones/../../escaped.txt", "x"u8.ToArray()));
        await using var server = new ModelServer(bytes);

        var refused = await Assert.ThrowsAsync<ModelException>(() => Downloader(server).DownloadAsync(Entry(bytes), _models["root"], _ => { }, Cancel));
        Assert.Contains("outside of its folder", refused.Message);
        Assert.False(File.Exists(_models["escaped.txt"]));
    }

    [Fact]
    public async Task DownloadAsync_ArchiveOfAnotherKind_IsRefused()
    {
        var bytes = Packed();
        await using var server = new ModelServer(bytes);

        var refused = await Assert.ThrowsAsync<ModelException>(
            () => Downloader(server).DownloadAsync(Entry(bytes) with { Kind = SherpaModelKind.Whisper }, _models["root"], _ => { }, Cancel));
        Assert.Contains("is no Whisper", refused.Message);
        Assert.False(Directory.Exists(_models["root/tones"]));
    }

    public void Dispose()
    {
        _http.Dispose();
        _models.Dispose();
    }

    private string Part => _models[$"root/.downloads/{Archive}.part"];

    private ModelDownloader Downloader(ModelServer server) => new(_http, TimeProvider.System, server.Address);

    private static CatalogModel Entry(byte[] bytes, string? sha256 = null, long? size = null, bool exact = true) => new(
        "tones", "tts", SherpaModelKind.Vits, ["en"], "none", "sings", new Uri("http://127.0.0.1/"),
        [new CatalogFile(new Uri($"http://127.0.0.1/{Archive}"), size ?? bytes.Length, exact, sha256 ?? Convert.ToHexStringLower(SHA256.HashData(bytes)))]);

    private byte[] Packed(string readme = "tones")
    {
        ToneModels.WriteVits(_models["packed"]);
        // Noise, so that the archive has a size worth breaking off.
        var noise = new byte[20_000];
        new Random(1).NextBytes(noise);
        return Pack(
            ("tones/model.onnx", File.ReadAllBytes(_models["packed/model.onnx"])), ("tones/tokens.txt", File.ReadAllBytes(_models["packed/tokens.txt"])),
            ("tones/README.md", System.Text.Encoding.UTF8.GetBytes(readme)), ("tones/test_wavs/0.wav", noise));
    }

    private static byte[] Pack(params (string Name, byte[] Bytes)[] files)
    {
        using var packed = new MemoryStream();
        using (var zip = new BZip2OutputStream(packed) { IsStreamOwner = false })
        using (var tar = new TarWriter(zip, TarEntryFormat.Ustar))
        {
            foreach (var (name, bytes) in files) { tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(bytes) }); }
        }
        return packed.ToArray();
    }
}
