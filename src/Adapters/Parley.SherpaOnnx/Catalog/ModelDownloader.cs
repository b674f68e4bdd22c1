using System.Security.Cryptography;
using Parley.SherpaOnnx.Models;

namespace Parley.SherpaOnnx.Catalog;

/// <summary>Downloads a model of the catalog, verifies and unpacks it, and puts it in its place in one step.</summary>
/// <remarks>What is unfinished lies in <c>.downloads</c> beside the models, and is gone on with at the next try.</remarks>
public sealed class ModelDownloader
{
    private readonly FileDownload _download;
    private readonly Uri? _mirror;

    /// <param name="http">Follows redirects; its own timeout should be off.</param>
    /// <param name="time">The clock of the timeouts.</param>
    /// <param name="mirror">Another place with files of the same names; null: the publisher's.</param>
    public ModelDownloader(HttpClient http, TimeProvider time, Uri? mirror = null) => (_download, _mirror) = (new FileDownload(http, time), mirror);

    /// <summary>Downloads a model into a folder of its name.</summary>
    /// <param name="model">The model.</param>
    /// <param name="root">The folder of all models.</param>
    /// <param name="progress">Told often how far it is.</param>
    /// <param name="cancellationToken">Breaks off; what is there is kept.</param>
    /// <returns>The model in its folder; it is not downloaded again where it is there already.</returns>
    /// <exception cref="ModelException">A file is not what it should be; it was removed.</exception>
    /// <exception cref="HttpRequestException">The server cannot be reached or refuses.</exception>
    /// <exception cref="IOException">The connection broke off, or the disk is full.</exception>
    /// <exception cref="TimeoutException">The server fell silent.</exception>
    public async Task<SherpaModel> DownloadAsync(CatalogModel model, string root, Action<DownloadProgress> progress, CancellationToken cancellationToken)
    {
        var target = Path.Combine(Path.GetFullPath(root), model.Name);
        if (Directory.Exists(target)) { return Recognize(target, model); }
        var unfinished = Path.Combine(Path.GetFullPath(root), ".downloads");
        Directory.CreateDirectory(unfinished);
        RequireSpace(model, unfinished);
        var parts = new List<(CatalogFile File, string Path)>();
        foreach (var file in model.Files) { parts.Add((file, await FetchAsync(file, unfinished, progress, cancellationToken))); }
        var staged = Path.Combine(unfinished, model.Name);
        if (Directory.Exists(staged)) { Directory.Delete(staged, recursive: true); }
        Directory.CreateDirectory(staged);
        try
        {
            foreach (var (file, path) in parts) { await PlaceAsync(file, path, staged, progress, cancellationToken); }
            Recognize(staged, model);
            Directory.Move(staged, target);
        }
        catch (Exception e)
        {
            Directory.Delete(staged, recursive: true);
            // What is no model when it is unpacked would be none the next time.
            if (e is ModelException) { parts.ForEach(p => Remove(p.Path)); }
            throw;
        }
        parts.ForEach(p => Remove(p.Path));
        return Recognize(target, model);
    }

    /// <summary>The address that a file is fetched from.</summary>
    public Uri AddressOf(CatalogFile file) => _mirror is null ? file.Url : new Uri(_mirror, file.Name);

    private async Task<string> FetchAsync(CatalogFile file, string folder, Action<DownloadProgress> progress, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, file.Name + ".part");
        await _download.FetchAsync(
            AddressOf(file), path, (done, total) => progress(new(file.Name, DownloadStep.Download, done, total > 0 ? total : file.Bytes)), cancellationToken);
        var bytes = new FileInfo(path).Length;
        if (file.Exact && bytes != file.Bytes)
        {
            Remove(path);
            throw new ModelException($"{file.Name} has {bytes} bytes in place of {file.Bytes}: it is another file, or not all of it. It was removed.");
        }
        if (file.Sha256 is { } expected)
        {
            progress(new(file.Name, DownloadStep.Verify, 0, bytes));
            await using var stream = File.OpenRead(path);
            var actual = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
            if (actual != expected)
            {
                Remove(path);
                throw new ModelException($"{file.Name} has the SHA-256 {actual} in place of {expected}: it was removed.");
            }
        }
        return path;
    }

    private static async Task PlaceAsync(CatalogFile file, string path, string staged, Action<DownloadProgress> progress, CancellationToken cancellationToken)
    {
        if (!file.IsArchive)
        {
            File.Copy(path, Path.Combine(staged, file.Name));
            return;
        }
        var bytes = new FileInfo(path).Length;
        await Task.Run(() => ModelArchive.UnpackAsync(path, staged, read => progress(new(file.Name, DownloadStep.Unpack, read, bytes)), cancellationToken), cancellationToken);
    }

    private static SherpaModel Recognize(string folder, CatalogModel model) => ModelFolder.Recognize(new SherpaOptions { Folder = folder, Kind = model.Kind });

    // Archive and unpacked files lie side by side for a while; models shrink to about two thirds.
    private static void RequireSpace(CatalogModel model, string folder)
    {
        var free = new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
        if (free < model.Bytes * 5 / 2) { throw new IOException($"{model.Name} needs about {model.Bytes * 5 / 2 / 1_000_000} MB of disk; {free / 1_000_000} MB are free."); }
    }

    private static void Remove(string path)
    {
        File.Delete(path);
        File.Delete(path + ".etag");
    }
}
