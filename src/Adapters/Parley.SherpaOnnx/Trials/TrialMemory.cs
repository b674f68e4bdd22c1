using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Parley.SherpaOnnx.Models;
using Parley.SherpaOnnx.Native;

namespace Parley.SherpaOnnx.Trials;

/// <summary>Remembers which models passed their trial: an empty file each in the user's cache, named by what was tried.</summary>
/// <remarks>Failures are not remembered: memory or a file may have been missing. Where nothing can be written each start tries again.</remarks>
internal static class TrialMemory
{
    public static bool HasPassed(SherpaModel model, SherpaOptions options) => File.Exists(PathOf(model, options));

    public static void Remember(SherpaModel model, SherpaOptions options)
    {
        try
        {
            var path = PathOf(model, options);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, []);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Tried again at the next start.
        }
    }

    private static string PathOf(SherpaModel model, SherpaOptions options)
    {
        var tried = new StringBuilder();
        tried.Append(CultureInfo.InvariantCulture, $"{LibraryLocation.SupportedVersion}|{options.Library}|{model.Kind}|{options.Threads}|{options.BeamSearch}");
        foreach (var file in model.Files.Select(f => new FileInfo(f)))
        {
            tried.Append(CultureInfo.InvariantCulture, $"|{file.FullName}|{file.Length}|{file.LastWriteTimeUtc.Ticks}");
        }
        return Path.Combine(options.TrialFolder ?? UsersCache(), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tried.ToString()))));
    }

    private static string UsersCache()
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } home
            ? home : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(cache, "parley", "models-tried");
    }
}
