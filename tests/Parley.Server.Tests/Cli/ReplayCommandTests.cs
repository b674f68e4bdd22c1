using System.Text.Json;
using Parley.Server.Tests.Store;
using Parley.Sqlite.Timeline;
using Parley.Testing.Sessions;
using Parley.Timeline;
using Parley.Transports.Protocol;

namespace Parley.Server.Tests.Cli;

public sealed class ReplayCommandTests : IDisposable
{
    private readonly ParleyProcess _parley = new();

    public ReplayCommandTests() => StoreFolder.SkipWithoutSqlite();

    private string Database => Path.Combine(_parley.Directory, "parley", "parley.db");

    public void Dispose() => _parley.Dispose();

    [Fact]
    public async Task Replay_StoredSession_IsTheSame()
    {
        var id = await RecordAsync(withoutFirstText: false);

        var text = await _parley.RunAsync("replay", id);
        var json = await _parley.RunAsync("replay", id, "--json");

        Assert.Equal((0, ""), (text.ExitCode, text.Errors));
        Assert.Matches(@"^\d+ events, all the same\.\n$", text.Output);
        var report = JsonDocument.Parse(json.Output).RootElement;
        Assert.True(report.GetProperty("identical").GetBoolean());
        Assert.Equal(id, report.GetProperty("session").GetString());
        Assert.Equal(0, report.GetProperty("differences").GetArrayLength());
    }

    [Fact]
    public async Task Replay_AnEventIsMissing_ShowsItAndFails()
    {
        var id = await RecordAsync(withoutFirstText: true);

        var text = await _parley.RunAsync("replay", id);

        Assert.Equal(1, text.ExitCode);
        Assert.Matches("""(?m)^\+ \{"type":"assistant_text_delta".*"text":"Nice"\}$""", text.Output);
        Assert.EndsWith(" events, 1 differences.\n", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_ExportedSession_IsTheSame()
    {
        var id = await RecordAsync(withoutFirstText: false);
        var file = Path.Combine(_parley.Directory, "session.zip");
        Assert.Equal(0, (await _parley.RunAsync("export", id, "-o", file)).ExitCode);

        var result = await _parley.RunAsync("replay", file);

        Assert.Equal(0, result.ExitCode);
    }

    [Theory]
    [InlineData("nobody", "There is no session nobody.")]
    [InlineData("absent.zip", "There is no file absent.zip.")]
    [InlineData("broken.zip", "no archive")]
    public async Task Replay_NothingToReplay_SaysWhyAndIsWrongUse(string session, string why)
    {
        _parley.Write("broken.zip", "no zip"u8.ToArray());
        await RecordAsync(withoutFirstText: false);

        var result = await _parley.RunAsync("replay", session);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(why, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_LiveWithoutSpeech_RunsTodaysEngines()
    {
        var id = await RecordAsync(withoutFirstText: false);

        var result = await _parley.RunAsync("replay", id, "--engines", "live", "--json");

        // The tutor says something else than the recorded engine did.
        Assert.Equal(1, result.ExitCode);
        Assert.NotEqual(0, JsonDocument.Parse(result.Output).RootElement.GetProperty("differences").GetArrayLength());
    }

    /// <summary>Puts a typed conversation into the database.</summary>
    private async Task<string> RecordAsync(bool withoutFirstText)
    {
        var talk = new SimulatedConversation(keepsSessions: true).Start().Say(new TextInput("Hello.")).Wait(6_000);
        talk.End();
        var cancelled = TestContext.Current.CancellationToken;
        await using var store = SqliteSessionStore.Open(new StoreOptions { Path = Database }, TimeProvider.System);
        store.Begin((await talk.Store!.FindAsync(talk.Session.Id, cancelled))!);
        var left = withoutFirstText ? 1 : 0;
        await foreach (var entry in talk.Store.ReadAsync(talk.Session.Id, cancellationToken: cancelled))
        {
            var isDelta = entry.Kind == TimelineKinds.Sent && System.Text.Encoding.UTF8.GetString(entry.Data.Span).Contains("assistant_text_delta", StringComparison.Ordinal);
            if (isDelta && left-- > 0) { continue; }
            store.Append(talk.Session.Id, new TimelineEntry(entry.Number, entry.At, entry.Kind, entry.Data));
        }
        await store.FlushAsync(cancelled);
        return talk.Session.Id;
    }
}
