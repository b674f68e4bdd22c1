using System.Text.Json;
using Parley.Server.Tests.Store;
using Parley.Sqlite.Timeline;
using Parley.Timeline;

namespace Parley.Server.Tests.Cli;

public sealed class SessionCommandTests : IDisposable
{
    private readonly ParleyProcess _parley = new();

    public SessionCommandTests() => StoreFolder.SkipWithoutSqlite();

    private string Database => Path.Combine(_parley.Directory, "parley", "parley.db");

    public void Dispose() => _parley.Dispose();

    [Fact]
    public async Task Sessions_NothingStored_IsEmptyAndMakesNoFile()
    {
        var result = await _parley.RunAsync("sessions", "--json");

        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        Assert.Equal(0, JsonDocument.Parse(result.Output).RootElement.GetProperty("sessions").GetArrayLength());
        Assert.Empty(Directory.GetFileSystemEntries(_parley.Directory));
    }

    [Fact]
    public async Task Sessions_Stored_AreListedNewestFirst()
    {
        await FillAsync();

        var table = await _parley.RunAsync("sessions", "--learner", "ana");
        var json = await _parley.RunAsync("sessions", "--json", "--limit", "1", "--store", Database);

        Assert.Equal(0, table.ExitCode);
        var rows = table.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, rows.Length);
        Assert.Matches(@"^a1 .* 0:01:30 +2 +16 B +client +ana$", rows[1]);
        var session = Assert.Single(JsonDocument.Parse(json.Output).RootElement.GetProperty("sessions").EnumerateArray());
        Assert.Equal("b1", session.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Delete_Learner_DeletesTheirSessionsAlone()
    {
        await FillAsync();

        var asked = await _parley.RunAsync("sessions", "delete", "--learner", "ana");
        var deleted = await _parley.RunAsync("sessions", "delete", "--learner", "ana", "--yes", "--json");

        Assert.Equal((2, ""), (asked.ExitCode, asked.Output));
        Assert.Contains("--yes", Assert.Single(asked.ErrorLines), StringComparison.Ordinal);
        Assert.Equal((0, 1), (deleted.ExitCode, JsonDocument.Parse(deleted.Output).RootElement.GetProperty("deleted").GetInt32()));
        Assert.Equal(["b1"], await IdsAsync());
    }

    [Fact]
    public async Task Delete_Before_DeletesWhatIsOlder()
    {
        await FillAsync();

        Assert.Equal("0 sessions deleted.\n", (await _parley.RunAsync("sessions", "delete", "--before", "2001-01-01", "--yes")).Output);
        Assert.Equal("2 sessions deleted.\n", (await _parley.RunAsync("sessions", "delete", "--before", "2101-01-01", "--yes")).Output);

        Assert.Empty(await IdsAsync());
    }

    [Fact]
    public async Task Export_Session_IsAnArchiveThatCanBeRead()
    {
        await FillAsync();
        var file = Path.Combine(_parley.Directory, "a1.zip");

        var result = await _parley.RunAsync("export", "a1", "-o", file, "--json");

        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        Assert.Equal(2, JsonDocument.Parse(result.Output).RootElement.GetProperty("entries").GetInt32());
        using var archive = SessionArchiveReader.Open(File.OpenRead(file));
        Assert.Equal(("a1", "ana"), (archive.Session.Id, archive.Session.LearnerId));
        Assert.Equal([1, 90_000], archive.Read().Select(e => e.Number));
        Assert.Equal([file], Directory.GetFiles(_parley.Directory));
    }

    [Theory]
    [InlineData("export", "nobody", "-o", "x.zip")]
    [InlineData("sessions", "delete", "nobody", "--yes")]
    [InlineData("sessions", "delete")]
    [InlineData("sessions", "delete", "--before", "soon", "--yes")]
    [InlineData("sessions", "--limit", "0")]
    [InlineData("sessions", "--store", "nowhere.db")]
    [InlineData("export", "a1", "-o", "no/such/folder/x.zip")]
    public async Task Run_WhatCannotBeDone_SaysSoInOneLineAndExits2(params string[] arguments)
    {
        await FillAsync();

        var result = await _parley.RunAsync(arguments);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("parley: ", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_parley.Directory));
    }

    [Fact]
    public async Task Sessions_NoDatabase_SaysSoAndExits1()
    {
        var file = _parley.Write("notes.db", [.. "These are notes, and no database, however much one would like them to be one. They go on for more than a hundred bytes."u8]);

        var result = await _parley.RunAsync("sessions", "--store", file);

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("damaged", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    private async Task FillAsync()
    {
        await using var store = SqliteSessionStore.Open(new StoreOptions { Path = Database }, TimeProvider.System);
        store.Begin(Sample.Session("a1", "ana"));
        store.Append("a1", Sample.Entry(1, "I am..."));
        store.Append("a1", Sample.Entry(90_000, "here."));
        store.End("a1", "client", Sample.Session("a1").StartedAt);
        store.Begin(Sample.Session("b1", "bob") with { StartedAt = Sample.Session("b1").StartedAt + TimeSpan.FromDays(1) });
    }

    private async Task<IEnumerable<string>> IdsAsync()
    {
        await using var store = SqliteSessionStore.Open(new StoreOptions { Path = Database }, TimeProvider.System);
        return (await store.ListAsync(new SessionQuery(), Sample.Cancelled)).Select(s => s.Session.Id);
    }
}
