using Parley.Audio;
using Parley.Server.Configuration;
using Parley.Server.Tests.Hosting;
using Parley.Server.Transports.EchoKit;
using Parley.Time;

namespace Parley.Server.Tests.EchoKit;

public sealed class RecorderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parley-recordings-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("/ws/aa:bb:cc?record=true")]
    [InlineData("/v1/record/aa:bb:cc")]
    public async Task Record_Audio_BecomesAFile(string path)
    {
        await using var server = await EchoKitServer.StartAsync(options: o => o.RecordingFolder = _folder);
        var device = await server.ConnectAsync(path);

        await device.SendAsync("""{"event":"StartRecord"}""");
        await device.SendAudioAsync(Voice.Speech(1_500));
        await device.SendAsync(new byte[3], System.Net.WebSockets.WebSocketMessageType.Binary);
        await device.Socket.CloseOutputAsync(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
        await device.ExpectCloseAsync();

        var file = Assert.Single(Directory.GetFiles(Path.Combine(_folder, "aa-bb-cc")));
        Assert.Matches(@"^record_\d{8}_\d{6}\.\d{3}\+0000\.wav$", Path.GetFileName(file));
        var recording = WavReader.Read(file);
        Assert.Equal((16_000, 24_000), (recording.SampleRate, recording.Samples.Length));
        Assert.Equal(Voice.Speech(1_500), Pcm16.ToBytes(recording.Samples));
        if (!OperatingSystem.IsWindows()) { Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)); }
    }

    [Fact]
    public async Task Record_TooLong_EndsAtTheLimit()
    {
        await using var server = await EchoKitServer.StartAsync(options: o => (o.RecordingFolder, o.MaxRecording) = (_folder, TimeSpan.FromSeconds(2)));
        var device = await server.ConnectAsync("/v1/record/abc");

        await device.SendAudioAsync(Voice.Speech(3_000));
        await device.ExpectCloseAsync();

        Assert.Equal(32_000, WavReader.Read(Assert.Single(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories))).Samples.Length);
    }

    [Fact]
    public async Task Record_FolderIsFull_IsRefusedBeforeTheUpgrade()
    {
        await using var server = await EchoKitServer.StartAsync(options: o => (o.RecordingFolder, o.MaxRecordingBytes) = (_folder, 20_000));
        var device = await server.ConnectAsync("/v1/record/abc");
        await device.SendAudioAsync(Voice.Speech(1_000));
        await device.ExpectCloseAsync();

        Assert.Equal(507, await server.RefusedAsync("/v1/record/abc"));
        Assert.InRange(new FileInfo(Assert.Single(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories))).Length, 20_000, 20_100);
    }

    [Fact]
    public async Task Record_NothingSaid_LeavesNoFile()
    {
        await using var server = await EchoKitServer.StartAsync(options: o => o.RecordingFolder = _folder);
        var device = await server.ConnectAsync("/v1/record/abc");

        await device.Socket.CloseOutputAsync(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
        await device.ExpectCloseAsync();

        Assert.Empty(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Sweep_OldAndNewFiles_DeletesTheOld()
    {
        var clock = new VirtualClock();
        var recordings = new Recordings(new EchoKitOptions { RecordingFolder = _folder, KeepRecordings = TimeSpan.FromDays(7) }, clock);
        recordings.Create("abc").Dispose();
        var old = Assert.Single(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));
        File.SetLastWriteTimeUtc(old, (clock.GetUtcNow() - TimeSpan.FromDays(8)).UtcDateTime);
        recordings.Create("def").Dispose();
        File.SetLastWriteTimeUtc(Directory.GetFiles(Path.Combine(_folder, "def"))[0], clock.GetUtcNow().UtcDateTime);
        File.WriteAllText(Path.Combine(_folder, "notes.txt"), "not ours");

        Assert.Equal(1, recordings.Sweep());

        Assert.False(File.Exists(old));
        Assert.Equal(2, Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).Length);
    }
}
