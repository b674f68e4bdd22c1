using System.Net.Sockets;
using Parley.SherpaOnnx.Catalog;
using Parley.SherpaOnnx.Models;

namespace Parley.Cli.Models;

/// <summary>Downloads a model and tells how to use it, or what to do by hand.</summary>
internal static class ModelDownload
{
    public static async Task<int> RunAsync(CatalogModel model, string root, Uri? mirror, bool json, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.UserAgent.ParseAdd("parley");
        var downloader = new ModelDownloader(http, TimeProvider.System, mirror);
        using var bar = new ProgressLine(Console.Error, visible: !Console.IsErrorRedirected);
        try
        {
            var found = await downloader.DownloadAsync(model, root, bar.Show, cancellationToken);
            bar.Dispose();
            if (json) { CliJson.Print(new { model.Name, found.Folder, found.Kind, Settings = Settings(model, found) }); }
            else { Console.Out.WriteLine($"{model.Name} is in {found.Folder}. To use it, put this into parley.json:\n\n{Settings(model, found)}"); }
            return ExitCodes.Done;
        }
        catch (ModelException e)
        {
            bar.Dispose();
            Console.Error.WriteLine($"parley: {e.Message}");
            return ExitCodes.Failed;
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException or SocketException)
        {
            bar.Dispose();
            Console.Error.WriteLine($"parley: {e.Message}\n{ByHand(model, root, downloader)}");
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException)
        {
            bar.Dispose();
            Console.Error.WriteLine("parley: stopped; the same command goes on from here.");
            return ExitCodes.Failed;
        }
    }

    private static string Settings(CatalogModel model, SherpaModel found) => model.Stage == "text"
        ? $$"""{ "Parley": { "Sherpa": { "NAME-OF-YOUR-RECOGNISER": { "Punctuation": "{{found.Folder}}" } } } }"""
        : $$"""{ "Parley": { "Sherpa": { "{{model.Name}}": { "Folder": "{{found.Folder}}" } } } }""";

    private static string ByHand(CatalogModel model, string root, ModelDownloader downloader)
    {
        var target = Path.Combine(root, model.Name);
        var files = string.Join("\n", model.Files.Select(f => $"  {downloader.AddressOf(f)}{(f.Sha256 is { } sum ? $"  (SHA-256 {sum})" : "")}"));
        return $"""
            By hand: fetch on a machine with a network
            {files}
            unpack archives by  mkdir -p {target} && tar -xjf ARCHIVE --strip-components=1 -C {target}
            put other files into that folder, and run  ./parley models check {target}
            """;
    }
}
