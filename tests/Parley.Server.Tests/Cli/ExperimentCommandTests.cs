using System.Text;
using System.Text.Json;
using Parley.Quality;
using Parley.Server.Tests.Store;
using Parley.Sqlite.Figures;

namespace Parley.Server.Tests.Cli;

public sealed class ExperimentCommandTests
{
    private const string Settings = """{"Parley":{"Experiments":{"pace":{"Variants":{"control":{"Share":0.5},"quick":{"Share":0.5}}}}}}""";

    [Fact]
    public async Task Report_StoredFigures_SaysWhatTheyShow()
    {
        StoreFolder.SkipWithoutSqlite();
        using var parley = new ParleyProcess();
        parley.Write("parley.json", Encoding.UTF8.GetBytes(Settings));
        using (var store = SqliteFigureStore.Open(new FigureOptions { Path = Path.Combine(parley.Directory, "parley", "figures.db") }))
        {
            var at = new DateTimeOffset(2026, 5, 4, 9, 0, 0, TimeSpan.Zero);
            store.Write([.. Enumerable.Range(0, 80).SelectMany(i => Session($"s{i}", i % 2 == 0 ? "control" : "quick", i % 2 == 0 ? 2 + i % 3 : 6 + i % 3, at))]);
        }

        var people = await parley.RunAsync("experiment", "report", "pace");
        var json = await parley.RunAsync("experiment", "report", "pace", "--json");

        Assert.True(people.ExitCode == 0, people.Errors);
        Assert.Contains("quick is higher in utterances by 4", people.Output, StringComparison.Ordinal);
        var report = JsonDocument.Parse(json.Output).RootElement;
        Assert.Equal((40, 40), (report.GetProperty("variants")[0].GetProperty("learners").GetInt32(), report.GetProperty("variants")[1].GetProperty("sessions").GetInt32()));
    }

    [Fact]
    public async Task Report_NothingConfiguredOrKept_SaysWhatIsMissing()
    {
        using var parley = new ParleyProcess();
        var unknown = await parley.RunAsync("experiment", "report", "pace");
        parley.Write("parley.json", Encoding.UTF8.GetBytes(Settings));
        var empty = await parley.RunAsync("experiment", "report", "pace");

        Assert.Equal((2, "parley: No experiment is configured (Parley:Experiments)."), (unknown.ExitCode, Assert.Single(unknown.ErrorLines)));
        Assert.Equal(2, empty.ExitCode);
        Assert.StartsWith("parley: There are no figures in", Assert.Single(empty.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_Difference_GivesLearnersAndPower()
    {
        using var parley = new ParleyProcess();
        var plan = await parley.RunAsync("experiment", "plan", "--difference", "0.5", "--json");
        var wrong = await parley.RunAsync("experiment", "plan", "--difference", "0");

        Assert.InRange(JsonDocument.Parse(plan.Output).RootElement.GetProperty("learners_each").GetInt32(), 62, 64);
        Assert.Equal((2, "parley: The difference must be a number other than 0."), (wrong.ExitCode, Assert.Single(wrong.ErrorLines)));
    }

    private static IEnumerable<FigureEntry> Session(string id, string variant, int utterances, DateTimeOffset at) =>
        [new SessionEntry(id, at, LearnerKey.Of(id), null, new Dictionary<string, string> { ["pace"] = variant }), .. Enumerable.Range(0, utterances).Select(i => new TurnEntry(id, at, $"t{i}") { IsUtterance = true }), new EndEntry(id, at.AddMinutes(3))];
}
