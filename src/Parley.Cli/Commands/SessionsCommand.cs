using System.CommandLine;
using System.Globalization;
using Parley.Timeline;

namespace Parley.Cli.Commands;

/// <summary><c>parley sessions</c>: the sessions that are kept, and their deletion.</summary>
internal static class SessionsCommand
{
    public static Command Create()
    {
        var learner = Learner();
        var limit = new Option<int?>("--limit") { Description = "The newest so many; all without." };
        var (store, json) = (StoredSessions.Path(), CliOptions.Json());
        var command = new Command("sessions", "List the sessions that are kept, the newest first.") { learner, limit, store, json };
        command.Add(CreateDelete());
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(limit) is < 1) { throw new UsageException("--limit must be 1 or more."); }
            await using var opened = StoredSessions.Open(parsed.GetValue(store));
            var query = new SessionQuery { LearnerId = parsed.GetValue(learner), Limit = parsed.GetValue(limit) };
            var rows = opened is null ? [] : (await opened.ListAsync(query, cancellationToken)).Select(Row.From).ToList();
            if (parsed.GetValue(json)) { CliJson.Print(new { Store = opened?.Path, Sessions = rows }); }
            else { Print(rows); }
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateDelete()
    {
        var session = new Argument<string?>("SESSION") { Description = "The one with this id.", Arity = ArgumentArity.ZeroOrOne };
        var learner = Learner();
        var before = new Option<string?>("--before") { Description = "Those that nothing was added to since this day or time, such as 2026-05-01." };
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        var (store, json) = (StoredSessions.Path(), CliOptions.Json());
        var command = new Command("delete", "Delete sessions for good, with what was said in them.") { session, learner, before, yes, store, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var query = new SessionQuery
            {
                SessionId = parsed.GetValue(session),
                LearnerId = parsed.GetValue(learner),
                Before = ParseDate(parsed.GetValue(before)),
            };
            if (query == new SessionQuery()) { throw new UsageException("Say which: a SESSION, --learner or --before."); }
            await using var opened = StoredSessions.Open(parsed.GetValue(store));
            var found = opened is null ? 0 : (await opened.ListAsync(query, cancellationToken)).Count;
            if (found == 0 && query.SessionId is { } id) { throw StoredSessions.Unknown(id); }
            if (found > 0 && !parsed.GetValue(yes) && !Confirm(found)) { throw new UsageException("Nothing was deleted."); }
            var deleted = found == 0 ? 0 : await opened!.DeleteAsync(query, cancellationToken);
            if (parsed.GetValue(json)) { CliJson.Print(new { Deleted = deleted }); }
            else { Console.Out.WriteLine($"{Count(deleted)} deleted."); }
            return ExitCodes.Done;
        });
        return command;
    }

    private static Option<string?> Learner() => new("--learner") { Description = "Those of the learner with this id." };

    private static DateTimeOffset? ParseDate(string? text) =>
        text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var date) ? date
        : throw new UsageException($"--before: '{text}' is no day, such as 2026-05-01.");

    private static bool Confirm(int sessions)
    {
        if (Console.IsInputRedirected) { throw new UsageException($"This deletes {Count(sessions)}: add --yes."); }
        Console.Error.Write($"Delete {Count(sessions)} for good? [y/N] ");
        return Console.In.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }

    private static string Count(int sessions) => sessions == 1 ? "1 session" : $"{sessions} sessions";

    private static void Print(List<Row> rows)
    {
        if (rows.Count == 0)
        {
            Console.Out.WriteLine("No sessions are kept.");
            return;
        }
        Console.Out.WriteLine($"{"SESSION",-32}  {"STARTED",-16}  {"LENGTH",8}  {"TURNS",5}  {"SIZE",8}  {"END",-12}  LEARNER");
        foreach (var r in rows)
        {
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{r.Id,-32}  {r.StartedAt.ToLocalTime():yyyy-MM-dd HH:mm}  {TimeSpan.FromMilliseconds(r.LengthMs),8:h\\:mm\\:ss}  {r.Turns,5}  {Size(r.Bytes),8}  {r.EndReason ?? "-",-12}  {r.LearnerId ?? "-"}"));
        }
    }

    private static string Size(long bytes) => bytes switch
    {
        < 1024 => $"{bytes} B",
        < 1024 * 1024 => $"{bytes / 1024} KB",
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024):0.0} MB"),
    };

    private sealed record Row(
        string Id, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? EndReason, string? LearnerId, long LengthMs, int Turns, long Entries, long Bytes, string Version)
    {
        public static Row From(SessionSummary s) => new(
            s.Session.Id, s.Session.StartedAt, s.Session.EndedAt, s.Session.EndReason, s.Session.LearnerId,
            (long)s.Length.TotalMilliseconds, s.Turns, s.Entries, s.Bytes, s.Session.Version);
    }
}
