using System.CommandLine;
using Parley.Timeline;

namespace Parley.Cli.Commands;

/// <summary><c>parley export SESSION -o FILE</c>: a session as one .zip.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var session = new Argument<string>("SESSION") { Description = "Its id; parley sessions lists them." };
        var output = new Option<string>("--output", "-o") { Description = "The .zip to write.", Required = true };
        var (store, json) = (StoredSessions.Path(), CliOptions.Json());
        var command = new Command("export", "Write a session into a .zip: session.json, timeline.jsonl and, where it was recorded, user.wav.")
        {
            session, output, store, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (id, file) = (parsed.GetValue(session)!, parsed.GetValue(output)!);
            await using var opened = StoredSessions.Open(parsed.GetValue(store));
            if (opened is null || await opened.FindAsync(id, cancellationToken) is null) { throw StoredSessions.Unknown(id); }
            var content = await WriteAsync(opened, id, file, cancellationToken);
            var bytes = new FileInfo(file).Length;
            if (parsed.GetValue(json))
            {
                CliJson.Print(new { Session = id, File = file, content.Entries, AudioMs = (long)content.Audio.TotalMilliseconds, Bytes = bytes });
            }
            else
            {
                Console.Out.WriteLine($"{file}: {content.Entries} entries, {content.Audio.TotalSeconds:0.0} s of audio, {bytes} bytes");
            }
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>Writes beside the file first, so that a failure leaves no half archive in its place.</summary>
    private static async Task<ArchiveContent> WriteAsync(ISessionStore store, string session, string file, CancellationToken cancellationToken)
    {
        var part = file + ".part";
        try
        {
            await using var output = new FileStream(part, PrivateFile());
            var content = await SessionArchive.WriteAsync(store, session, output, cancellationToken) ?? throw StoredSessions.Unknown(session);
            await output.DisposeAsync();
            File.Move(part, file, overwrite: true);
            return content;
        }
        finally
        {
            File.Delete(part);
        }
    }

    // It holds what was said, as the store does.
    private static FileStreamOptions PrivateFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) { options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; }
        return options;
    }
}
