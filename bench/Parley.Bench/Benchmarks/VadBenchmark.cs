using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Parley.Audio;
using Parley.Bench.Load;
using Parley.Bench.Reporting;
using Parley.Onnx.Vad;
using Parley.Testing;
using Parley.Vad;

namespace Parley.Bench.Benchmarks;

/// <summary>How many windows of speech a core judges with Silero: of many streams together, of one, and by ONNX Runtime for Node one after the other.</summary>
internal sealed class VadBenchmark : IBenchmark
{
    private const int Window = 512;

    private static readonly TimeSpan s_length = TimeSpan.FromSeconds(4);

    private static readonly int[] s_streams = [1, 8, 64, 256];

    /// <summary>Seen from the folder that this program is run in or is built into.</summary>
    private static readonly string[] s_peers = ["bench/peers/vad", Path.Combine(AppContext.BaseDirectory, "../../../../bench/peers/vad")];

    public string Name => "vad";

    public string Summary => "How many windows of speech a core judges with Silero, beside ONNX Runtime for Node.";

    public async Task<JsonObject> RunAsync(BenchArguments arguments, CancellationToken cancellationToken)
    {
        var speech = WavReader.Read(SharedData.Find("speech/vad-minute.wav")).Samples;
        var report = new JsonObject();
        JsonNode? best = null;
        var streams = new JsonObject();
        foreach (var count in s_streams)
        {
            await MeasureAsync(speech, count, s_length / 4, cancellationToken); // compiled meanwhile
            best = await MeasureAsync(speech, count, s_length, cancellationToken);
            streams[count.ToString(CultureInfo.InvariantCulture)] = best;
            BenchReport.Progress($"vad: {count} streams, {best["windows_per_s_core"]} windows a second and core, {best["batch"]} a run");
        }
        report["windows_per_s_core"] = best!["windows_per_s_core"]!.DeepClone();
        try
        {
            var node = await MeasureNodeAsync(speech, cancellationToken);
            (report["node_windows_per_s"], report["node"]) = (node["windows_per_s_core"]!.DeepClone(), node);
        }
        catch (IOException e)
        {
            (report["node_windows_per_s"], report["node"]) = (null, new JsonObject { ["missing"] = e.Message });
        }
        report["streams"] = streams;
        report["spared"] = await SpareAsync(speech, cancellationToken);
        return report;
    }

    private static async Task<JsonObject> MeasureAsync(short[] speech, int count, TimeSpan length, CancellationToken cancellationToken)
    {
        using var detector = new SileroVoiceActivityDetector(new SileroOptions { MaxStreams = count, MaxBatch = 64, SpareSilence = false });
        var until = Stopwatch.GetTimestamp() + (long)(length.TotalSeconds * Stopwatch.Frequency);
        var before = Environment.CpuUsage.TotalTime;
        var allocated = GC.GetTotalAllocatedBytes();
        var began = Stopwatch.GetTimestamp();
        var judged = await Task.WhenAll(Enumerable.Range(0, count).Select(i => Task.Run(() => JudgeAsync(i), cancellationToken)));
        var (windows, took, cpu) = (judged.Sum(), Stopwatch.GetElapsedTime(began), Environment.CpuUsage.TotalTime - before);
        return new JsonObject
        {
            ["windows_per_s_core"] = Math.Round(windows / cpu.TotalSeconds),
            ["windows_per_s"] = Math.Round(windows / took.TotalSeconds),
            ["batch"] = Math.Round((double)windows / detector.Runs, 1),
            ["allocated_bytes_per_window"] = Math.Round((double)(GC.GetTotalAllocatedBytes() - allocated) / windows, 1),
        };

        async Task<long> JudgeAsync(int stream)
        {
            using var vad = detector.OpenStream();
            var windows = 0L;
            // Everybody is at another place of the recording.
            var at = stream * 37 * Window % (speech.Length - Window);
            for (; Stopwatch.GetTimestamp() < until; windows++, at = (at + Window) % (speech.Length - Window))
            {
                await vad.DetectAsync(speech.AsMemory(at, Window), cancellationToken);
            }
            return windows;
        }
    }

    private static async Task<JsonObject> MeasureNodeAsync(short[] speech, CancellationToken cancellationToken)
    {
        var home = s_peers.Select(Path.GetFullPath).FirstOrDefault(h => Directory.Exists(Path.Combine(h, "node_modules")))
            ?? throw new IOException("bench/peers/vad/node_modules is not there. ./parley bench vad brings it where npm works.");
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, Pcm16.ToBytes(speech), cancellationToken);
            var seconds = s_length.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            using var node = LocalProcess.Start("node", [Path.Combine(home, "silero.cjs"), SileroVoiceActivityDetector.ModelFile!, file, seconds]);
            await node.AskAsync(null, cancellationToken);
            var seen = JsonNode.Parse(await node.AskAsync(null, cancellationToken))!;
            var windows = seen["windows"]!.GetValue<long>();
            return new JsonObject
            {
                ["windows_per_s_core"] = Math.Round(windows / seen["cpu_s"]!.GetValue<double>()),
                ["windows_per_s"] = Math.Round(windows / s_length.TotalSeconds),
            };
        }
        finally { File.Delete(file); }
    }

    /// <summary>Somebody speaks for a minute and listens for another, in a quiet room.</summary>
    private static async Task<JsonObject> SpareAsync(short[] speech, CancellationToken cancellationToken)
    {
        using var detector = new SileroVoiceActivityDetector(new SileroOptions { MaxStreams = 1 });
        using var vad = (SilenceGate)detector.OpenStream();
        var windows = 0;
        foreach (var window in speech.Concat(Noise.Pink(speech.Length, -62)).Chunk(Window).Where(w => w.Length == Window))
        {
            await vad.DetectAsync(window, cancellationToken);
            windows++;
        }
        return new JsonObject { ["windows"] = windows, ["share"] = Math.Round((double)vad.Spared / windows, 3) };
    }
}
