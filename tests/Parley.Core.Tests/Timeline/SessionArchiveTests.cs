using System.IO.Compression;
using System.Text;
using Parley.Audio;
using Parley.Time;
using Parley.Timeline;
using Parley.Transports.Protocol;

namespace Parley.Core.Tests.Timeline;

public sealed class SessionArchiveTests : IAsyncDisposable
{
    private const string Id = "s1";

    private readonly VirtualClock _clock = new();
    private readonly InMemorySessionStore _store;

    public SessionArchiveTests() => _store = new InMemorySessionStore(_clock);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_WrittenSession_IsTheSameToTheByte()
    {
        Fill(audio: true);

        using var reader = SessionArchiveReader.Open(await WriteAsync());

        Assert.Equal((await _store.FindAsync(Id, Cancelled))! with { Token = null }, reader.Session);
        var stored = new List<StoredEntry>();
        await foreach (var entry in _store.ReadAsync(Id, cancellationToken: Cancelled)) { stored.Add(entry); }
        Assert.Equal(stored.Select(Text), reader.Read().Select(Text));
        Assert.Equal(stored.Select(Text), reader.Read().Select(Text));
    }

    [Fact]
    public async Task Write_Session_CountsWhatItWrote()
    {
        Fill(audio: true);

        var content = await SessionArchive.WriteAsync(_store, Id, new MemoryStream(), Cancelled);

        Assert.Equal((6, TimeSpan.FromMilliseconds(15)), (content!.Entries, content.Audio));
    }

    [Fact]
    public async Task Write_RecordedAudio_IsAPlainWav()
    {
        Fill(audio: true);

        using var zip = new ZipArchive(await WriteAsync());
        var file = new MemoryStream();
        await (await zip.GetEntry("user.wav")!.OpenAsync(Cancelled)).CopyToAsync(file, Cancelled);

        var bytes = file.ToArray();
        Assert.Equal((uint)bytes.Length - 8, BitConverter.ToUInt32(bytes, 4));
        Assert.Equal((uint)bytes.Length - 44, BitConverter.ToUInt32(bytes, 40));
        var wav = WavReader.Read(new MemoryStream(bytes));
        Assert.Equal(AudioMath.SpeechRate, wav.SampleRate);
        Assert.Equal([.. Enumerable.Range(0, 160).Select(i => (short)i), .. Enumerable.Repeat((short)-3, 80)], wav.Samples);
    }

    [Fact]
    public async Task Write_Session_ShowsNoToken()
    {
        Fill(audio: false);

        using var zip = new ZipArchive(await WriteAsync());

        Assert.Equal(["session.json", "timeline.jsonl"], zip.Entries.Select(e => e.FullName));
        Assert.DoesNotContain("token", await new StreamReader(zip.GetEntry("session.json")!.Open()).ReadToEndAsync(Cancelled), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Write_UnknownSession_WritesNothing()
    {
        var file = new MemoryStream();

        Assert.Null(await SessionArchive.WriteAsync(_store, "nobody", file, Cancelled));

        Assert.Equal(0, file.Length);
    }

    [Fact]
    public void Open_NoZip_SaysSo() => AssertDamaged(() => SessionArchiveReader.Open(new MemoryStream([.. "RIFF is not PK"u8])), "no archive");

    [Fact]
    public async Task Open_CutShort_SaysSo()
    {
        Fill(audio: true);
        var bytes = (await WriteAsync()).ToArray();

        AssertDamaged(() => SessionArchiveReader.Open(new MemoryStream(bytes[..^40])), "cut short");
    }

    [Theory]
    [InlineData("session.json", """{ "format": 2, "speakers": [] }""", "newer version")]
    [InlineData("session.json", """{ "format": 1, "id": "x" }""", "session.json")]
    [InlineData("session.json", "{", "session.json")]
    [InlineData("session.json", "null", "session.json")]
    [InlineData("session.json", "{}", "session.json")]
    [InlineData("session.json", null, "session.json")]
    public async Task Open_DamagedSession_SaysWhatAndWhere(string file, string? content, string expected)
    {
        Fill(audio: true);
        var archive = await ReplaceAsync(file, content);

        AssertDamaged(() => SessionArchiveReader.Open(archive), expected);
    }

    [Theory]
    [InlineData("timeline.jsonl", """{"number":1,"at_ms":1,"kind":"user","data":"a"}""" + "\n{\"number\":2,", "line 2")]
    [InlineData("timeline.jsonl", """{"number":1,"at_ms":1,"kind":"user"}""" + "\n" + """{"number":1,"at_ms":1,"kind":"user"}""", "line 2")]
    [InlineData("timeline.jsonl", """{"number":1,"kind":"user"}""", "line 1")]
    [InlineData("timeline.jsonl", """{"number":1,"at_ms":1e300,"kind":"user"}""", "line 1")]
    [InlineData("timeline.jsonl", """{"number":1,"at_ms":79228162514264337593543950335,"kind":"user"}""", "line 1")]
    [InlineData("timeline.jsonl", """{"number":1,"at_ms":1,"kind":"audio","data":{"samples":-1}}""", "line 1")]
    [InlineData("timeline.jsonl", """{"number":1,"at_ms":1,"kind":"audio","data":{"samples":9999}}""", "user.wav")]
    [InlineData("timeline.jsonl", """{"number":1,"at_ms":1,"kind":"audio","data":"none"}""", "line 1")]
    [InlineData("timeline.jsonl", "\n", "line 1")]
    [InlineData("timeline.jsonl", null, "timeline.jsonl")]
    [InlineData("user.wav", null, "user.wav")]
    [InlineData("user.wav", "too short", "user.wav")]
    public async Task Read_DamagedTimeline_SaysWhatAndWhere(string file, string? content, string expected)
    {
        Fill(audio: true);
        using var reader = SessionArchiveReader.Open(await ReplaceAsync(file, content));

        AssertDamaged(() => Assert.NotEmpty(reader.Read().ToList()), expected);
    }

    [Fact]
    public async Task Read_AByteChanged_ReadsOrSaysWhatIsDamaged()
    {
        Fill(audio: true);
        var bytes = (await WriteAsync()).ToArray();
        var told = 0;
        for (var at = 0; at < bytes.Length; at += 3)
        {
            var damaged = bytes.ToArray();
            damaged[at] ^= 0x55;
            try
            {
                using var reader = SessionArchiveReader.Open(new MemoryStream(damaged));
                Assert.True(reader.Read().Count() <= 6);
            }
            catch (StoreException e)
            {
                Assert.NotEmpty(e.Message);
                told++;
            }
        }
        Assert.InRange(told, bytes.Length / 12, bytes.Length);
    }

    private void Fill(bool audio)
    {
        var config = new SessionConfig { Language = "en-US", Audio = new AudioConfig { In = new AudioInConfig { SampleRate = 8_000 } } };
        _store.Begin(new SessionRecord(Id, _clock.GetUtcNow(), config, 42, "1.0")
        {
            LearnerId = "ana",
            Token = new ResumeToken(new byte[32], _clock.GetUtcNow() + TimeSpan.FromMinutes(10)),
        });
        Add(1, TimelineKinds.Begin, null);
        Add(2, TimelineKinds.Received, new TextInput("Grüß <b>dich</b>, “you” \n 🙂"));
        if (audio) { Add(3, TimelineKinds.Audio, (ReadOnlyMemory<byte>)Pcm16.ToBytes([.. Enumerable.Range(0, 160).Select(i => (short)i)])); }
        Add(4, TimelineKinds.User, "I like tea.");
        if (audio) { Add(5, TimelineKinds.Audio, (ReadOnlyMemory<byte>)Pcm16.ToBytes([.. Enumerable.Repeat((short)-3, 80)])); }
        Add(9, TimelineKinds.Sent, new Pong(0.1, 5));
        _store.End(Id, "client", _clock.GetUtcNow() + TimeSpan.FromMinutes(1));
    }

    private void Add(long number, string kind, object? data) => _store.Append(Id, new TimelineEntry(number, TimeSpan.FromTicks(number * 200_001), kind, data));

    private async Task<MemoryStream> WriteAsync()
    {
        var file = new MemoryStream();
        Assert.NotNull(await SessionArchive.WriteAsync(_store, Id, file, Cancelled));
        file.Position = 0;
        return file;
    }

    /// <summary>The archive with another file in place of one of its own, or without it.</summary>
    private async Task<MemoryStream> ReplaceAsync(string name, string? content)
    {
        var file = await WriteAsync();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.GetEntry(name)!.Delete();
            if (content is not null)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }
        file.Position = 0;
        return file;
    }

    private static void AssertDamaged(Action read, string expected) =>
        Assert.Contains(expected, Assert.Throws<StoreException>(read).Message, StringComparison.OrdinalIgnoreCase);

    private static string Text(StoredEntry e) => $"{e.Number} {e.At.Ticks} {e.Kind} {Convert.ToHexString(e.Data.Span)}";
}
