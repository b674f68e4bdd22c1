using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Parley.Bench.Reporting;

/// <summary>What the figures were measured on, and how busy it was with other work.</summary>
internal static class Machine
{
    public static JsonObject Describe() => new()
    {
        ["cores"] = Environment.ProcessorCount,
        ["cpu"] = FirstLine("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString(),
        ["memory_gib"] = Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30), 1),
        ["os"] = RuntimeInformation.OSDescription,
        ["runtime"] = RuntimeInformation.FrameworkDescription,
        ["build"] = IsDebug ? "Debug" : "Release",
        ["load_average_1m"] = LoadAverage,
        ["date"] = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture),
    };

    /// <summary>Runnable tasks of the last minute, this program's own among them; null where the system does not say.</summary>
    public static double? LoadAverage =>
        File.Exists("/proc/loadavg") ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture) : null;

    private static bool IsDebug =>
#if DEBUG
        true;
#else
        false;
#endif

    private static string? FirstLine(string file, string key) => !File.Exists(file) ? null
        : File.ReadLines(file).FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
}
