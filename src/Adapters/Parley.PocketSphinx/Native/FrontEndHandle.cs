using Microsoft.Win32.SafeHandles;

namespace Parley.PocketSphinx.Native;

/// <summary>Owns a front end (<c>fe_t</c>).</summary>
internal sealed class FrontEndHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        _ = SphinxLibrary.FreeFrontEnd(handle);
        return true;
    }
}
