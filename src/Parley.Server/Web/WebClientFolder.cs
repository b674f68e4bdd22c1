using Parley.Server.Configuration;

namespace Parley.Server.Web;

/// <summary>Where the built client is.</summary>
internal static class WebClientFolder
{
    /// <summary>The page that all of the client's addresses get.</summary>
    public const string Page = "index.html";

    /// <summary>The folder, or null where none was built or none is wanted.</summary>
    /// <exception cref="ConfigurationException">A folder is named and holds no client.</exception>
    public static string? Find(WebOptions options)
    {
        if (!options.Enabled) { return null; }
        if (options.Path is not { Length: > 0 } named) { return Built(); }
        return IsClient(named) ? Path.GetFullPath(named) : throw new ConfigurationException($"Parley:Web:Path: there is no {Page} in {named}.");
    }

    private static string? Built()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var folder = Path.Combine(directory.FullName, "artifacts", "web");
            if (IsClient(folder)) { return folder; }
        }
        return null;
    }

    private static bool IsClient(string folder) => File.Exists(Path.Combine(folder, Page));
}
