using System.Formats.Tar;
using ICSharpCode.SharpZipLib.BZip2;
using Parley.SherpaOnnx.Models;

namespace Parley.SherpaOnnx.Catalog;

/// <summary>Unpacks a <c>.tar.bz2</c> that holds one folder.</summary>
internal static class ModelArchive
{
    /// <summary>No model that is meant for this is larger when unpacked.</summary>
    private const long MaxBytes = 8L * 1024 * 1024 * 1024;

    /// <summary>Unpacks what is in the archive's folder into <paramref name="target"/>.</summary>
    /// <param name="archive">The file.</param>
    /// <param name="target">An existing folder.</param>
    /// <param name="progress">Told the bytes of the archive that were read.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <exception cref="ModelException">It is damaged, or wants to write elsewhere.</exception>
    public static async Task UnpackAsync(string archive, string target, Action<long> progress, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(archive);
            await using var unzipped = new BZip2InputStream(file);
            await using var tar = new TarReader(unzipped);
            long unpacked = 0;
            while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
            {
                progress(file.Position);
                var parts = entry.Name.Split('/', StringSplitOptions.RemoveEmptyEntries).SkipWhile(p => p == ".").Skip(1).ToArray();
                if (parts.Length == 0 || entry.EntryType is not (TarEntryType.Directory or TarEntryType.RegularFile or TarEntryType.V7RegularFile)) { continue; }
                if (parts.Contains("..") || parts.Any(p => p.Contains('\\', StringComparison.Ordinal) || p.Contains(':', StringComparison.Ordinal)))
                {
                    throw new ModelException($"{Path.GetFileName(archive)} wants to write outside of its folder.");
                }
                var path = Path.Combine([target, .. parts]);
                if (entry.EntryType == TarEntryType.Directory)
                {
                    Directory.CreateDirectory(path);
                    continue;
                }
                if ((unpacked += entry.Length) > MaxBytes) { throw new ModelException($"{Path.GetFileName(archive)} unpacks to more than {MaxBytes} bytes."); }
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await entry.ExtractToFileAsync(path, overwrite: true, cancellationToken);
            }
        }
        catch (Exception e) when (e is BZip2Exception or InvalidDataException or EndOfStreamException or IndexOutOfRangeException)
        {
            throw new ModelException($"{Path.GetFileName(archive)} is damaged: {e.Message}", e);
        }
    }
}
