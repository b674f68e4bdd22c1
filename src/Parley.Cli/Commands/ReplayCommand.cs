using System.CommandLine;
using Parley.Diagnostics;
using Parley.Replay;
using Parley.Server.Configuration;
using Parley.Timeline;

namespace Parley.Cli.Commands;

/// <summary><c>parley replay SESSION</c>: a recorded session through today's pipeline, and where it comes out otherwise.</summary>
internal static class ReplayCommand
{
    private const string Recorded = "recorded", Live = "live";

    public static Command Create()
    {
        var session = new Argument<string>("SESSION") { Description = "Its id (parley sessions lists them), or a .zip that parley export wrote." };
        var engines = new Option<string>("--engines")
        {
            Description = "recorded: what the engines gave then, in no time. live: today's engines and the recorded audio, as long as it took.",
            DefaultValueFactory = _ => Recorded,
        };
        engines.AcceptOnlyFromAmong(Recorded, Live);
        var (store, json) = (StoredSessions.Path(), CliOptions.Json());
        var command = new Command("replay", "Run a recorded session through today's pipeline and print which events differ. 0: none; 1: some.")
        {
            session, engines, store, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (record, timeline) = await ReadAsync(parsed.GetValue(session)!, parsed.GetValue(store), cancellationToken);
            var report = await ReplayAsync(record, timeline, parsed.GetValue(engines) == Live, cancellationToken);
            if (parsed.GetValue(json)) { PrintJson(report); } else { PrintText(report); }
            return report.IsIdentical ? ExitCodes.Done : ExitCodes.Failed;
        });
        return command;
    }

    private static async Task<ReplayReport> ReplayAsync(
        SessionRecord record, IReadOnlyList<StoredEntry> timeline, bool live, CancellationToken cancellationToken)
    {
        var replayer = ParleyServices.Replayer(ParleyConfiguration.FromEnvironment());
        try
        {
            if (!live) { return replayer.Replay(record, timeline); }
            using var engines = CliEngines.Load();
            return await replayer.ReplayLiveAsync(record, timeline, engines, TimeProvider.System, cancellationToken);
        }
        catch (StoreException e)
        {
            throw new UsageException(e.Message);
        }
    }

    private static async Task<(SessionRecord Record, IReadOnlyList<StoredEntry> Timeline)> ReadAsync(
        string session, string? store, CancellationToken cancellationToken)
    {
        try
        {
            if (session.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) || File.Exists(session)) { return ReadArchive(session); }
            await using var opened = StoredSessions.Open(store);
            if (opened is null || await opened.FindAsync(session, cancellationToken) is not { } record) { throw StoredSessions.Unknown(session); }
            var timeline = new List<StoredEntry>();
            await foreach (var entry in opened.ReadAsync(session, cancellationToken: cancellationToken)) { timeline.Add(entry); }
            return (record, timeline);
        }
        catch (StoreException e)
        {
            throw new UsageException($"{session}: {e.Message}");
        }
    }

    private static (SessionRecord, IReadOnlyList<StoredEntry>) ReadArchive(string path)
    {
        if (!File.Exists(path)) { throw new UsageException($"There is no file {path}."); }
        using var archive = SessionArchiveReader.Open(File.OpenRead(path));
        return (archive.Session, [.. archive.Read()]);
    }

    private static void PrintText(ReplayReport report)
    {
        if (report.RecordedVersion != ParleyVersion.Current)
        {
            Console.Out.WriteLine($"Recorded by version {report.RecordedVersion}, replayed by {ParleyVersion.Current}.");
        }
        foreach (var d in report.Differences)
        {
            Console.Out.WriteLine($"@@ {d.At.TotalSeconds:0.000} s, {d.Lane}");
            if (d.Recorded is { } was) { Console.Out.WriteLine($"- {was}"); }
            if (d.Replayed is { } now) { Console.Out.WriteLine($"+ {now}"); }
        }
        Console.Out.WriteLine(report.IsIdentical
            ? $"{report.Events} events, all the same." : $"{report.Events} events, {report.Differences.Count} differences.");
    }

    private static void PrintJson(ReplayReport report) => CliJson.Print(new
    {
        Session = report.SessionId,
        report.RecordedVersion,
        Version = ParleyVersion.Current,
        report.Events,
        Identical = report.IsIdentical,
        Differences = report.Differences.Select(d => new { AtMs = d.At.TotalMilliseconds, d.Lane, d.Recorded, d.Replayed }),
    });
}
