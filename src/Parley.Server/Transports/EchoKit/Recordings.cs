using System.Globalization;
using Parley.Audio;
using Parley.Server.Configuration;

namespace Parley.Server.Transports.EchoKit;

/// <summary>The files that devices in recorder mode leave: a folder each, for the owner of the server's process alone.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Recordings(EchoKitOptions options, TimeProvider time)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Whether devices may record.</summary>
    public bool IsEnabled => options.RecordingFolder.Length > 0;

    /// <summary>Samples that still fit, of one recording.</summary>
    public long Room => Math.Min(
        AudioMath.SamplesIn(options.MaxRecording, AudioMath.SpeechRate), Math.Max(0, options.MaxRecordingBytes - Files().Sum(f => f.Length)) / sizeof(short));

    /// <summary>Begins a file, 16 kHz mono.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not the server's to write to.</exception>
    public WavWriter Create(string deviceId)
    {
        var folder = Path.Combine(options.RecordingFolder, deviceId.Replace(':', '-'));
        if (OperatingSystem.IsWindows()) { Directory.CreateDirectory(folder); }
        else { Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute); }
        var name = $"record_{time.GetUtcNow().ToString("yyyyMMdd_HHmmss.fff", CultureInfo.InvariantCulture)}+0000.wav";
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows()) { how.UnixCreateMode = OwnerOnly; }
        return new WavWriter(new FileStream(Path.Combine(folder, name), how), AudioMath.SpeechRate);
    }

    /// <summary>Deletes what is older than it may be.</summary>
    /// <returns>How many files.</returns>
    /// <exception cref="IOException">One cannot be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">One is not the server's to delete.</exception>
    public int Sweep()
    {
        var old = Files().Where(f => time.GetUtcNow() - f.LastWriteTimeUtc > options.KeepRecordings).ToList();
        foreach (var file in old) { file.Delete(); }
        return old.Count;
    }

    private IEnumerable<FileInfo> Files()
    {
        var folder = new DirectoryInfo(options.RecordingFolder);
        return folder.Exists ? folder.EnumerateFiles("record_*.wav", SearchOption.AllDirectories) : [];
    }
}
