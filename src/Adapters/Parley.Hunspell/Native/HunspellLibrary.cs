using System.Runtime.InteropServices;
using Parley.Diagnostics;

namespace Parley.Hunspell.Native;

/// <summary>The functions of libhunspell 1.7 that are used here; hunspell.h describes them.</summary>
/// <remarks>A speller may be used by one thread at a time.</remarks>
internal static unsafe partial class HunspellLibrary
{
    private const string Library = "hunspell";

    static HunspellLibrary() => NativeLibraries.Declare(
        typeof(HunspellLibrary).Assembly, Library, "libhunspell-1.7.so.0", "libhunspell-1.7.0.dylib", "libhunspell.dll");

    public static bool IsAvailable => NativeLibraries.IsAvailable(typeof(HunspellLibrary).Assembly, Library);

    [LibraryImport(Library, EntryPoint = "Hunspell_create", StringMarshalling = StringMarshalling.Utf8)]
    public static partial HunspellHandle Create(string affixes, string words);

    [LibraryImport(Library, EntryPoint = "Hunspell_destroy")]
    public static partial void Destroy(nint speller);

    [LibraryImport(Library, EntryPoint = "Hunspell_spell", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Spell(HunspellHandle speller, string word);

    [LibraryImport(Library, EntryPoint = "Hunspell_suggest", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Suggest(HunspellHandle speller, out byte** list, string word);

    [LibraryImport(Library, EntryPoint = "Hunspell_free_list")]
    public static partial void FreeList(HunspellHandle speller, ref byte** list, int count);
}
