using Parley.SherpaOnnx;
using Parley.SherpaOnnx.Native;

namespace Parley.Engines.Tests.SherpaOnnx;

/// <summary>Folders of models for a test class, removed afterwards.</summary>
public sealed class ModelFixture : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("parley-models-").FullName;

    public string this[string name] => Path.Combine(_root, name);

    /// <summary>A folder with these files.</summary>
    public string Folder(string name, params (string File, byte[] Bytes)[] files)
    {
        Directory.CreateDirectory(this[name]);
        foreach (var (file, bytes) in files)
        {
            var path = Path.Combine(this[name], file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, bytes);
        }
        return this[name];
    }

    /// <summary>Skips the test where the library is not installed.</summary>
    public static void RequireLibrary() => Assert.SkipUnless(LibraryLocation.Use(null) is null, $"{LibraryLocation.Use(null)} {LibraryLocation.Remedy}");

    /// <summary>Options for the tests' own models, which are loaded untried: that they are good is known, and a trial takes a process.</summary>
    internal static SherpaOptions Options(string folder) => new() { Folder = folder, Trial = false };

    /// <summary>Options for a model that is tried first, which is remembered here and not in the user's cache.</summary>
    internal SherpaOptions Tried(string name) => new() { Folder = this[name], TrialFolder = this["tried"] };

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
