using Microsoft.Win32.SafeHandles;

namespace Parley.Hunspell.Native;

/// <summary>Owns a speller of the library (<c>Hunhandle</c>).</summary>
internal sealed class HunspellHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        HunspellLibrary.Destroy(handle);
        return true;
    }
}
