using System.Runtime.InteropServices;
using Parley.Diagnostics;

namespace Parley.SherpaOnnx.Native;

/// <summary>Which sherpa-onnx the process uses: the one that was asked for first, else what npm brought, else the system's.</summary>
/// <remarks>One process, one library. Thread-safe.</remarks>
internal static class LibraryLocation
{
    /// <summary>The version whose structures are laid out here; others have others, even within 1.13.</summary>
    public const string SupportedVersion = "1.13.8";

    public const string Remedy =
        "npm ci --ignore-scripts --prefix native; elsewhere than on Linux x64 set Library to the file of sherpa-onnx " + SupportedVersion;

    private static readonly Lock s_gate = new();
    private static string? s_path;
    private static bool s_used;

    /// <summary>The file name of the library on this platform.</summary>
    public static string FileName =>
        OperatingSystem.IsWindows() ? "sherpa-onnx-c-api.dll" : OperatingSystem.IsMacOS() ? "libsherpa-onnx-c-api.dylib" : "libsherpa-onnx-c-api.so";

    /// <summary>Where it is looked for, best first.</summary>
    public static string[] Candidates
    {
        get
        {
            lock (s_gate) { return s_path is { } path ? [path] : [.. NativeFiles.Find(NpmPath), FileName]; }
        }
    }

    /// <summary>Its place under node_modules.</summary>
    public static string NpmPath => $"{Package}/{FileName}";

    private static string Package =>
        $"sherpa-onnx-{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "darwin" : "linux")}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";

    /// <summary>Asks for a library by its path; null asks for none in particular.</summary>
    /// <returns>What is wrong, in a sentence; null: the library is there and fits.</returns>
    public static string? Use(string? path)
    {
        lock (s_gate)
        {
            if (path is not null && !File.Exists(path)) { return $"There is no library {path}."; }
            if (path is not null && s_used && s_path != path) { return $"The process already uses {s_path ?? "another library"}; all models share one."; }
            (s_path, s_used) = (path ?? s_path, true);
        }
        if (!SherpaLibrary.IsAvailable) { return "The library sherpa-onnx is not on this machine, or not for its kind of processor."; }
        return SherpaLibrary.Version is var version && version == SupportedVersion
            ? null
            : $"The library is sherpa-onnx {version}, but its structures are known for {SupportedVersion} alone: another would be called wrongly.";
    }
}
