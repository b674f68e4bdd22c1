using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Parley.Server.Api;
using Parley.Server.Configuration;
using Parley.Sqlite.Timeline;
using Parley.Timeline;

namespace Parley.Cli.Commands;

/// <summary><c>parley doctor</c>: what this machine has, and what to do about what it lacks.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var json = CliOptions.Json();
        var command = new Command("doctor", "List every engine, library, model, the store and the port, and what to do where one is missing.") { json };
        command.SetAction(parsed =>
        {
            var configuration = ParleyConfiguration.FromEnvironment();
            using var engines = ParleyServices.Engines(configuration, TimeProvider.System);
            var checks = engines.Probe().Concat(AudioServices.Probe()).Concat(EmbeddingServices.Probe(configuration, TimeProvider.System)).Concat(CoachServices.Probe(configuration))
                .Append(PronunciationServices.Aligner(configuration, TimeProvider.System).Probe())
                .Select(s => new Check($"{s.Stage.ToString().ToLowerInvariant()}: {s.Name}", s.Available, s.Version, s.Detail, s.Remedy)).ToList();
            checks.Add(CheckStore(ParleyServices.Store(configuration)));
            checks.AddRange(configuration.Read<ServerOptions>("Server").Urls.Split(';').Select(CheckPort));
            checks.Add(new Check("runtime", true, RuntimeInformation.FrameworkDescription, RuntimeInformation.OSDescription, null));
            var chosen = engines.Defaults;
            var facts = engines.Describe().Where(e => e.Available).Select(EngineFacts.From).ToList();
            string[] notes = chosen["asr"].Name == "pocketsphinx" ? [EngineNotes.FreeDictation] : [];
            var ready = chosen.Values.All(c => c.Name != "none");
            if (parsed.GetValue(json))
            {
                CliJson.Print(new { Ready = ready, Checks = checks, Chosen = chosen, Engines = facts, Notes = notes });
            }
            else
            {
                Print(checks);
                foreach (var fact in facts) { Console.Out.WriteLine($"{fact.Stage,-6}   {fact.Name}: {fact}"); }
                Console.Out.WriteLine();
                foreach (var (stage, choice) in chosen) { Console.Out.WriteLine($"{stage,-6} → {choice.Name} ({choice.Why})"); }
                foreach (var note in notes) { Console.Out.WriteLine($"\nNote: {note}"); }
                Console.Out.WriteLine(ready ? "\nA conversation can be held on this machine." : "\nA conversation cannot be held yet: see above.");
            }
            return ready ? ExitCodes.Done : ExitCodes.Failed;
        });
        return command;
    }

    private static void Print(List<Check> checks)
    {
        foreach (var c in checks)
        {
            Console.Out.WriteLine($"{(c.Ok ? "ok     " : "missing")} {c.Name,-20} {c.Version,-14} {c.Detail}");
            if (c.Remedy is not null) { Console.Out.WriteLine($"        {c.Remedy}"); }
        }
        Console.Out.WriteLine();
    }

    private static Check CheckStore(StoreOptions options)
    {
        if (!options.Enabled) { return new Check("store: memory", true, "", "turned off by Parley:Store:Enabled; a restart forgets sessions", null); }
        var probe = SqliteProbe.Of(options);
        return new Check("store: sqlite", probe.Usable, probe.Version, probe.Detail, probe.Remedy);
    }

    private static Check CheckPort(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri)) { return new Check($"port {url}", false, "", "not an address", "Correct Parley:Server:Urls."); }
        try
        {
            using var listener = new TcpListener(IPAddress.TryParse(uri.Host, out var address) ? address : IPAddress.Loopback, uri.Port);
            listener.Start();
            return new Check($"port {uri.Port}", true, "", $"free on {uri.Host}", null);
        }
        catch (SocketException e)
        {
            return new Check($"port {uri.Port}", false, "", e.Message, "Stop what uses it, or choose another with --urls.");
        }
    }

    private sealed record Check(string Name, bool Ok, string Version, string Detail, string? Remedy);
}
