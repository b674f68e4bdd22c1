using Microsoft.Win32.SafeHandles;

namespace Parley.PocketSphinx.Native;

/// <summary>Owns a decoder (<c>ps_decoder_t</c>).</summary>
internal sealed class DecoderHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        _ = SphinxLibrary.FreeDecoder(handle);
        return true;
    }
}
