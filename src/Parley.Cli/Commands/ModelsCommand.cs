using System.CommandLine;
using System.Globalization;
using Parley.Cli.Models;
using Parley.SherpaOnnx;
using Parley.SherpaOnnx.Catalog;
using Parley.SherpaOnnx.Models;

namespace Parley.Cli.Commands;

/// <summary><c>parley models</c>: known good models, their download, and what a folder holds.</summary>
internal static class ModelsCommand
{
    public static Command Create()
    {
        var language = new Option<string?>("--language") { Description = "Those for this language, such as en." };
        var stage = new Option<string?>("--stage") { Description = "Those for asr, tts or text." };
        var json = CliOptions.Json();
        var command = new Command("models", "List good models for speech recognition and voices, download one, or look at a folder.") { language, stage, json };
        command.Add(CreateDownload());
        command.Add(CreateCheck());
        command.SetAction(parsed =>
        {
            var (wantedLanguage, wantedStage) = (parsed.GetValue(language), parsed.GetValue(stage));
            if (wantedStage is not (null or "asr" or "tts" or "text")) { throw new UsageException($"--stage: '{wantedStage}' is not asr, tts or text."); }
            List<CatalogModel> models = [.. ModelCatalog.Models.Where(m => (wantedStage is null || m.Stage == wantedStage)
                && (wantedLanguage is null || m.Languages.Contains(wantedLanguage.Split('-')[0].ToLowerInvariant())))];
            if (parsed.GetValue(json)) { CliJson.Print(new { Folder = ModelCatalog.DefaultFolder, Models = models }); }
            else { Print(models); }
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateDownload()
    {
        var name = new Argument<string>("NAME") { Description = "The model, as parley models names it." };
        var to = new Option<string?>("--to") { Description = "The folder of all models; ~/.local/share/parley/models without." };
        var mirror = new Option<string?>("--mirror") { Description = "An address under which the same files lie, where the publisher's cannot be reached." };
        var json = CliOptions.Json();
        var command = new Command("download", "Download a model, verify and unpack it. Goes on where an earlier try broke off.") { name, to, mirror, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var model = ModelCatalog.Find(parsed.GetValue(name)!)
                ?? throw new UsageException($"There is no model {parsed.GetValue(name)}; there are {string.Join(", ", ModelCatalog.Models.Select(m => m.Name))}.");
            return await ModelDownload.RunAsync(model, parsed.GetValue(to) ?? ModelCatalog.DefaultFolder, Mirror(parsed.GetValue(mirror)), parsed.GetValue(json), cancellationToken);
        });
        return command;
    }

    private static Command CreateCheck()
    {
        var folder = new Argument<string>("FOLDER") { Description = "A folder with the files of a model." };
        var kind = new Option<SherpaModelKind?>("--kind") { Description = "What it should hold, where its files would allow more than one reading." };
        var load = new Option<bool>("--try") { Description = "Load it and use it once, in a process of its own." };
        var json = CliOptions.Json();
        var command = new Command("check", "Say what a folder holds, or what is wrong with it.") { folder, kind, load, json };
        command.SetAction(parsed =>
        {
            var options = new SherpaOptions { Folder = parsed.GetValue(folder)!, Kind = parsed.GetValue(kind) };
            SherpaModel? model = null;
            string? fault = null;
            try
            {
                model = ModelFolder.Recognize(options);
                if (parsed.GetValue(load)) { fault = SherpaEngine.Try(model, options); }
            }
            catch (ModelException e)
            {
                fault = e.Message;
            }
            if (parsed.GetValue(json)) { CliJson.Print(new { Usable = fault is null, Fault = fault, model?.Kind, model?.Folder, model?.Networks, model?.Languages }); }
            else if (fault is not null) { Console.Error.WriteLine($"parley: {fault}"); }
            else { Print(model!, parsed.GetValue(load)); }
            return fault is null ? ExitCodes.Done : ExitCodes.Failed;
        });
        return command;
    }

    private static Uri? Mirror(string? address) => address is null ? null
        : Uri.TryCreate(address.TrimEnd('/') + "/", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri
        : throw new UsageException($"--mirror: '{address}' is no address.");

    private static void Print(List<CatalogModel> models)
    {
        if (models.Count == 0)
        {
            Console.Out.WriteLine("There is no such model.");
            return;
        }
        Console.Out.WriteLine($"{"NAME",-24}  {"STAGE",-5}  {"KIND",-22}  {"SIZE",7}  {"LANGUAGES",-16}  {"CHECKSUM",-8}  LICENCE");
        foreach (var m in models)
        {
            var checksum = m.Files.All(f => f.Sha256 is not null) ? "SHA-256" : "none";
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{m.Name,-24}  {m.Stage,-5}  {m.Kind,-22}  {m.Bytes / 1_000_000,4} MB  {string.Join(",", m.Languages),-16}  {checksum,-8}  {m.Licence}"));
            Console.Out.WriteLine($"    {m.About}; {m.Page}");
        }
        Console.Out.WriteLine($"""

            ./parley models download NAME puts one into {ModelCatalog.DefaultFolder}.
            Where no checksum is known, a download is checked by its size and by what is in it. Licences are those that the publishers state.
            """);
    }

    private static void Print(SherpaModel model, bool tried)
    {
        Console.Out.WriteLine($"{model.Folder} holds a {model.Kind}{(model.Languages.Count > 0 ? $" for {string.Join(", ", model.Languages)}" : "")}{(tried ? "; it works" : "")}.");
        foreach (var (role, path) in model.Networks) { Console.Out.WriteLine($"  {role,-16} {Path.GetFileName(path)}"); }
    }
}
