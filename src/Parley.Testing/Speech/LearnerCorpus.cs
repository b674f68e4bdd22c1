using System.Buffers.Binary;
using System.Diagnostics;
using System.Text.Json;

namespace Parley.Testing.Speech;

/// <summary>Recordings of learners reading known texts: a folder with <c>scores.jsonl</c> and <c>audio/ID.flac</c>, as speechocean762 has them.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Recordings">Its recordings, in the order of the file.</param>
public sealed record LearnerCorpus(string Folder, IReadOnlyList<LearnerRecording> Recordings)
{
    /// <summary>Whether the folder is there, and the command <c>flac</c> that reads its audio.</summary>
    public static bool IsAvailable(string folder) =>
        File.Exists(Path.Combine(folder, "scores.jsonl"))
        && (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(path => File.Exists(Path.Combine(path, "flac")));

    /// <summary>Every second speaker: whom coefficients are fitted to, so that they can be judged by the others.</summary>
    public IReadOnlySet<string> FittedSpeakers { get; } =
        Recordings.Select(recording => recording.Speaker).Distinct().Order(StringComparer.Ordinal).Where((_, i) => i % 2 == 0).ToHashSet();

    /// <summary>Reads the list of recordings.</summary>
    public static LearnerCorpus Load(string folder)
    {
        var recordings = new List<LearnerRecording>();
        foreach (var line in File.ReadLines(Path.Combine(folder, "scores.jsonl")))
        {
            using var row = JsonDocument.Parse(line);
            var id = row.RootElement.GetProperty("id").GetString()!;
            recordings.Add(new(id, id[..5], row.RootElement.GetProperty("text").GetString()!));
        }
        return new(folder, recordings);
    }

    /// <summary>Decodes a recording to 16 kHz mono samples.</summary>
    /// <exception cref="IOException">The command failed.</exception>
    public async Task<short[]> ReadAsync(LearnerRecording recording, CancellationToken cancellationToken = default)
    {
        var file = Path.Combine(Folder, "audio", recording.Id + ".flac");
        var start = new ProcessStartInfo("flac", ["-s", "-d", "-c", "--force-raw-format", "--endian=little", "--sign=signed", file]) { RedirectStandardOutput = true };
        using var process = Process.Start(start) ?? throw new IOException("flac does not start.");
        using var bytes = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(bytes, cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0) { throw new IOException($"flac cannot read {file}."); }
        var samples = new short[bytes.Length / 2];
        for (var i = 0; i < samples.Length; i++) { samples[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes.GetBuffer().AsSpan(2 * i)); }
        return samples;
    }
}
