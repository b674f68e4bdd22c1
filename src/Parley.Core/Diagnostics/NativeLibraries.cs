using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Parley.Diagnostics;

/// <summary>Finds the C libraries that adapters bind, so that a missing one is a sentence and not a crash.</summary>
/// <remarks>
/// An adapter declares its library once (<see cref="Declare"/>, from a static constructor beside its <c>LibraryImport</c>s) under a short name,
/// with the file names and paths to try. Thread-safe.
/// </remarks>
public static class NativeLibraries
{
    private static readonly ConcurrentDictionary<(Assembly, string), string[]> s_declared = new();
    private static readonly ConcurrentDictionary<Assembly, bool> s_resolvers = new();

    /// <summary>Makes <c>LibraryImport("<paramref name="name"/>")</c> in <paramref name="assembly"/> try <paramref name="candidates"/> in order.</summary>
    public static void Declare(Assembly assembly, string name, params string[] candidates)
    {
        s_declared[(assembly, name)] = candidates;
        if (s_resolvers.TryAdd(assembly, true))
        {
            NativeLibrary.SetDllImportResolver(assembly, (library, from, _) =>
                s_declared.TryGetValue((from, library), out var files) ? Load(from, files) : nint.Zero);
        }
    }

    /// <summary>Whether one of the candidates loads here.</summary>
    public static bool IsAvailable(Assembly assembly, string name) =>
        s_declared.TryGetValue((assembly, name), out var files) && Load(assembly, files) != nint.Zero;

    private static nint Load(Assembly assembly, string[] files)
    {
        foreach (var file in files)
        {
            if (NativeLibrary.TryLoad(file, assembly, null, out var handle)) { return handle; }
        }
        return nint.Zero;
    }
}
