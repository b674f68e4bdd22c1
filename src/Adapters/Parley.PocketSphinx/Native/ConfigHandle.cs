using Microsoft.Win32.SafeHandles;

namespace Parley.PocketSphinx.Native;

/// <summary>Owns a parsed set of engine arguments (<c>cmd_ln_t</c>).</summary>
internal sealed class ConfigHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        _ = SphinxLibrary.FreeConfig(handle);
        return true;
    }
}
