using Parley.Pipeline;
using Parley.Replay;
using Parley.Server.Tests.Hosting;
using Parley.Server.Tests.Store;
using Parley.Sqlite.Timeline;
using Parley.Testing;
using Parley.Testing.Simulated;
using Parley.Testing.Transports;
using Parley.Timeline;
using Parley.Transports;
using Parley.Transports.Protocol;
using Parley.Vad;

namespace Parley.Server.Tests.Native;

/// <summary>Sessions over real sockets and a real database: they go on after a break, and can be replayed.</summary>
public sealed class ResumeTests : IDisposable
{
    private const string Answer = "One two three four five, six seven eight nine ten. Eleven twelve thirteen fourteen fifteen sixteen.";

    private readonly StoreFolder _folder = new();

    public ResumeTests() => StoreFolder.SkipWithoutSqlite();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Resume_ServerWasRestarted_GoesOnInMidSentence()
    {
        long heard;
        SessionResume resume;
        await using (var store = _folder.Open())
        {
            // A voice that takes its time: the line breaks in mid-sentence, however late.
            await using var server = await TestServer.StartAsync(e => (e.Chat.Texts, e.Tts.ChunkInterval) = ([Answer], TimeSpan.FromSeconds(1)), store: store);
            var client = await server.TalkAsync();
            await SpokenToAsync(client);
            heard = client.Received.OfType<AudioPacket>().Last().SampleOffset - 4_000;
            await client.SendAsync(new Playback(1, heard));
            resume = ToResume(client);
            await Eventually.TrueAsync(() => ReadAsync(store, resume.SessionId!).Result.Any(IsPlayback), () => "The report is not stored.");
            client.Socket.Abort();
            await server.SettleAsync();
        }

        await using var again = _folder.Open();
        await using var second = await TestServer.StartAsync(e => e.Chat.Texts = ["Not this."], store: again);
        var returned = await second.ConnectAsync();
        await returned.SendAsync(resume);
        Assert.True((await returned.ExpectAsync<SessionReady>()).Resumed);
        var done = await returned.ExpectAsync<AssistantTextDone>(m => m.HeardText == m.Text);

        Assert.Equal(Answer, done.Text);
        Assert.Empty(second.Engines.Chat.Prompts);
        Assert.Equal(heard, returned.Received.OfType<AudioPacket>().First().SampleOffset);
    }

    [Fact]
    public async Task Resume_OldLineStillStands_IsCutAndTakenOver()
    {
        await using var store = _folder.Open();
        await using var server = await TestServer.StartAsync(e => e.Chat.Texts = [Answer], store: store);
        var client = await server.TalkAsync();
        await SpokenToAsync(client);
        var returned = await server.ConnectAsync();

        await returned.SendAsync(ToResume(client));
        await returned.ExpectAsync<AssistantTextDone>(m => m.HeardText == m.Text);

        Assert.Equal(1, server.Sessions.Count);
        await client.ExpectCloseAsync(); // Or it would throw.
    }

    [Fact]
    public async Task Replay_SessionOverARealSocket_RepeatsEveryEvent()
    {
        await using var store = _folder.Open();
        await using var server = await TestServer.StartAsync(
            e =>
            {
                e.Asr.FinalLatency = TimeSpan.FromMilliseconds(40);
                e.Chat.Texts = [Answer, "Very well."];
                e.Chat.TokenInterval = TimeSpan.FromMilliseconds(7);
                e.Tts.FirstAudioLatency = TimeSpan.FromMilliseconds(20);
            },
            store: store);
        var client = await server.TalkAsync();
        await client.SpeakAsync();
        // Whole: what the fence stops of a text that is still coming is a matter of milliseconds, and so would be the events.
        await client.ExpectAsync<AssistantTextDone>();
        await client.ExpectAsync<AudioPacket>(p => p.SampleOffset > 8_000);
        await client.SendAsync(new Playback(1, 4_000));
        await client.SendAsync(new TextInput("Wait."));
        // Not by its words: where the machine is slow they are heard before it is told that they are written.
        await client.ExpectAsync<ReplyFinished>(r => r.GenerationId == 2);
        var id = client.Received.OfType<SessionReady>().Single().SessionId;
        await client.SendAsync(new SessionEnd());
        await server.SettleAsync();
        await store.FlushAsync(TestContext.Current.CancellationToken);

        var replayer = new SessionReplayer(
            server.Options, new VadOptions { MinSpeech = TimeSpan.FromMilliseconds(40) }, new SpeculationOptions(), server.Engines.Turn);
        var report = replayer.Replay((await store.FindAsync(id, TestContext.Current.CancellationToken))!, await ReadAsync(store, id));

        Assert.True(report.IsIdentical, string.Join('\n', report.Differences));
        Assert.InRange(report.Events, 30, int.MaxValue);
    }

    private static async Task SpokenToAsync(ConverseClient client)
    {
        await client.SendAsync(new TextInput("Count."));
        await client.ExpectAsync<AudioPacket>(p => p.SampleOffset > 2 * SimulatedSynthesizer.WordSamples);
    }

    private static SessionResume ToResume(ConverseClient client)
    {
        var ready = client.Received.OfType<SessionReady>().Single();
        return new SessionResume(ready.SessionId, ready.ResumeToken, client.Received.OfType<ServerMessage>().Max(m => m.Seq));
    }

    private static bool IsPlayback(StoredEntry entry) =>
        entry.Kind == TimelineKinds.Received && System.Text.Encoding.UTF8.GetString(entry.Data.Span).Contains("played_samples", StringComparison.Ordinal);

    private static async Task<List<StoredEntry>> ReadAsync(SqliteSessionStore store, string id)
    {
        var entries = new List<StoredEntry>();
        await foreach (var entry in store.ReadAsync(id)) { entries.Add(entry); }
        return entries;
    }
}
