using System.Runtime.InteropServices;

namespace Parley.SherpaOnnx.Native;

/// <summary>UTF-8 copies of strings for as long as a C function needs them.</summary>
internal sealed class NativeStrings : IDisposable
{
    private readonly List<nint> _copies = [];

    /// <returns>The copy; null stays null.</returns>
    public nint Copy(string? text)
    {
        if (text is null) { return 0; }
        var copy = Marshal.StringToCoTaskMemUTF8(text);
        _copies.Add(copy);
        return copy;
    }

    public void Dispose()
    {
        foreach (var copy in _copies) { Marshal.FreeCoTaskMem(copy); }
        _copies.Clear();
    }
}
